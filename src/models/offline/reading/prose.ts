import { capitalized, oneLine, plain } from '../text/clean.ts';
import type { Language } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';
import { actionVerb, infinitiveOfParticiple, isGermanInfinitive, verbOfParticiple } from '../text/verbs.ts';
import { previousEntry } from './hints.ts';
import { entry } from '../outline/outline.ts';
import type { Entry } from '../outline/outline.ts';

const mailHeader = /^(?:from|to|cc|bcc|sent|date|subject|von|an|gesendet|datum|betreff|re|fwd?)\s*:/iu;
const greeting =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen)|moin)\b[^.!?]{0,40}[,!]\s*/iu;
const farewell =
  /^(?:thanks|thank you|many thanks|best|kind regards|regards|cheers|yours|sincerely|see you|danke|vielen dank|viele grüße|liebe grüße|beste grüße|mit freundlichen grüßen|gruß|lg|vg)\b.{0,60}$/iu;

const adverbs =
  /^(?:(?:so|and|but|also|next|first(?:ly| of all)?|second(?:ly)?|third(?:ly)?|lastly|later|in addition|additionally|plus|meanwhile|ok(?:ay)?|now|at the end|in the end|und|aber|also|zuerst|als erstes|zunächst|außerdem|ferner|später|noch|bitte|gerne)\b,?\s+)+/iu;
const sequence =
  /^(?:then|after that|afterwards|finally|next|dann|danach|anschließend|zum schluss|schließlich|als nächstes|hinterher)\b,?\s+/iu;
const modal =
  "(?:(?:still|also|then|really|just|both|only)\\s+)*(?:needs? to|have to|has to|had to|got to|must|should|shall|will|would like to|'d like to|wants? to|plans? to|am going to|are going to|is going to|'ll|can|could|ought to|am planning to|are planning to)\\s+(?:(?:also|then|still|please|first|probably|just|finally)\\s+)*";
const subject = '(?:i|we|you|they|he|she|someone|somebody|everyone|the \\w+|my \\w+|our \\w+|[A-Z]\\w+)';
const request =
  /^(?:please|kindly|let's|let us|lets|don't forget to|do not forget to|remember to|make sure (?:to|that we|we|you)|be sure to|try to|it is time to|it's time to|the (?:first|next|last|second|final|third) (?:step|thing) is to|(?:could|can|would|will) you(?: please)?|help me(?: to)?|i need you to|i'd like you to|the goal is to|our goal is to|my goal is to)\s+/iu;
const openingModal = new RegExp(`^${subject}\\s*${modal}`, 'iu');
const innerModal = new RegExp(`\\b(?:i|we|you|they)\\s*${modal}(.+)$`, 'iu');
/** Sentences that say what all is for; a plan with other tasks has them as its goal. */
const wish =
  /^(?:i|we|my \w+ and i)\s*(?:'d|would)?\s*(?:want|like|love|wish|plan|are planning|am planning|'re planning|'m planning|hope|intend)\b|^(?:the|our|my) goal\b|^help me\b|^(?:ich|wir)\s+(?:möchten?|wollen|will|planen?|würden?)\b|^plan(?:e|t)?\b|^bitte plane\b/iu;

/** Verbs of whole undertakings: said first and with a date, they name what the other sentences are parts of. */
const undertaking =
  /^(?:move|open|launch|finish|complete|deliver|organi[sz]e|plan|renovate|build|relocate|prepare|host|set up)\b|(?:eröffnen|umziehen|fertigstellen|renovieren|organisieren|planen|vorbereiten|abschließen)\b/iu;

const germanFiller =
  /\b(?:ich|wir|du|ihr|sie|man|uns|mir|muss|müssen|musst|müsst|soll|sollen|sollte|sollten|möchte|möchten|will|wollen|kann|können|könntest|könnt|könnten|würde|würden|dann|danach|zuerst|zunächst|unbedingt|bitte|gerne?|mal|nun|jetzt|dafür|dazu|schon|doch|einfach|noch|auch|anschließend|außerdem|schließlich|hinterher|zum Schluss)\b\s*/giu;
const germanModal =
  /\b(?:muss|müssen|musst|müsst|soll|sollen|sollte|sollten|möchte|möchten|will|wollen|kann|können|könntest|könnt|könnten|bitte)\b/iu;

function strip(clause: string): { readonly text: string; readonly follows: boolean } {
  let text = clause.trim();
  let follows = false;
  for (let round = 0; round < 6; round += 1) {
    const before = text;
    if (sequence.test(text)) follows = true;
    text = text
      .replace(sequence, '')
      .replace(adverbs, '')
      .replace(openingModal, '')
      .replace(request, '')
      .replace(/^to\s+/iu, '');
    if (text === before) break;
  }
  return { text, follows };
}

const germanArticle = /^(?:die|das|den|der|dem|ein|eine|einen)\s+(?=\p{L})/iu;

/** "Die Räume sollen gestrichen werden" as "die Räume sollen streichen": who does it is left open either way. */
function activeGerman(clause: string): string {
  return clause.replace(
    /\b(\p{L}+)\s+werden\b/gu,
    (match: string, participle: string) => infinitiveOfParticiple(participle) ?? match,
  );
}

function germanClause(clause: string): string | null {
  const modalThere = germanModal.test(clause);
  const words = activeGerman(clause).split(/\s+/u);
  const ends = isGermanInfinitive((words.at(-1) ?? '').replace(/[^\p{L}]/gu, ''));
  if (modalThere && words.some((word) => isGermanInfinitive(word.replace(/[^\p{L}]/gu, '')))) {
    const bare = oneLine(words.join(' ').replace(germanFiller, '')).replace(germanArticle, '');
    return bare.split(' ').length >= 2 ? bare : null;
  }
  if (
    words.length >= 2 &&
    words.length <= 14 &&
    (ends || actionVerb(clause, 'de') !== null) &&
    !/^(?:die|der|das|es|sie|er)\s+\p{L}+\s+(?:ist|sind|hat|haben|wird|werden)\b/iu.test(clause)
  ) {
    return clause
      .replace(/^(?:(?:dann|danach|anschließend|zuerst|zum schluss|schließlich)\s+)+/iu, '')
      .replace(germanArticle, '');
  }
  return null;
}

/** "The contract has to be signed by Friday" → "sign the contract by Friday". */
function activeEnglish(clause: string): string {
  const match =
    /^(?:then\s+)?(.{3,60}?)\s+(?:must|needs? to|has to|have to|should|will)\s+(?:also\s+|then\s+)?be\s+(\p{L}+)\b(.*)$/iu.exec(
      clause,
    );
  // "All of this has to be finished by …" speaks of the whole.
  const whole = /^(?:all|everything|it|this|that|these|those|both)\b/iu.test(match?.[1] ?? '');
  const verb = match?.[2] === undefined || whole ? null : verbOfParticiple(match[2]);
  return verb === null
    ? clause
    : oneLine(
        `${verb} ${(match?.[1] ?? '').replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())} ${match?.[3] ?? ''}`,
      );
}

function englishClause(clause: string): string | null {
  const { text } = strip(activeEnglish(clause));
  const words = text.split(/\s+/u);
  if (actionVerb(text, 'en') === null || words.length < 2) return null;
  // "water and bread", "books are …": a noun that is spelled like a verb.
  if (
    /^(?:and|or|of|is|are|was|were|has|have|in|will|can|for)$/iu.test(words[1] ?? '') &&
    !/^(?:look|search|pay|ask|apply|wait|check|care|prepare|sign|log|hand|move|ring|work|plan|register|practi[cs]e|shop|train|fill|bring|ship|turn)$/iu.test(
      words[0] ?? '',
    )
  )
    return null;
  return text;
}

/** "Once the contract is signed" and "By 1 March" wait for what follows their comma. */
const leadIn =
  /^(?:after|once|when|as soon as|before|if|by|until|on|in|next|nachdem|sobald|wenn|bevor|falls|bis|am|im|nach|vor)\b/iu;
const timeLead = /^((?:by|before|until|on|in|next|bis|am|im|vor)\b[^,]{2,30}),\s+(.+)$/iu;

/** Cuts a sentence where a new action starts: at commas, semicolons, "and", "then". */
function splitClauses(sentence: string, language: Language): readonly string[] {
  const parts = sentence.split(
    /(\s*;\s*|\s*,\s*(?:and\s+|und\s+|sowie\s+)?(?:then\s+|dann\s+|danach\s+|finally\s+|anschließend\s+)?|\s+(?:and|und|sowie)\s+(?:then\s+|dann\s+|danach\s+|finally\s+|anschließend\s+)?|\s+then\s+)/iu,
  );
  const clauses: string[] = [];
  let depth = 0;
  for (let at = 0; at < parts.length; at += 2) {
    const separator = at === 0 ? '' : (parts[at - 1] ?? '');
    const part = parts[at] ?? '';
    const marker = /(then|dann|danach|finally|anschließend)/iu.exec(separator)?.[1] ?? '';
    const current = clauses.at(-1);
    const starts =
      language === 'de'
        ? current !== undefined && germanClause(current) !== null && germanStarts(parts, at)
        : englishClause(part) !== null;
    const waits =
      current !== undefined && leadIn.test(current) && !current.includes(',') && readMain(current, language) === null;
    if (current === undefined || (depth === 0 && !waits && (starts || (marker !== '' && part.split(' ').length > 1))))
      clauses.push(`${marker === '' ? '' : `${marker} `}${part}`);
    else clauses[clauses.length - 1] = `${current}${separator}${part}`;
    depth += (part.match(/[([]/gu)?.length ?? 0) - (part.match(/[)\]]/gu)?.length ?? 0);
  }
  return clauses.map(oneLine).filter((clause) => clause !== '');
}

/** A German clause may hold commas of its own ("Farbe, Pinsel und Folie kaufen"): what follows must bring a verb at all. */
function germanStarts(parts: readonly string[], at: number): boolean {
  return parts.slice(at).some((part, index) => index % 2 === 0 && germanClause(part) !== null);
}

function asEntry(clause: string, language: Language): Entry | null {
  const subordinate =
    /^(?:after|once|when|as soon as|before|nachdem|sobald|wenn|bevor|if|falls)\s+[^,]{3,80},\s+/iu.exec(clause)?.[0] ??
    '';
  const main = clause.slice(subordinate.length);
  const follows = strip(main).follows || /^(?:dann|danach|anschließend|zum schluss|schließlich)\b/iu.test(main);
  const read = readMain(main, language);
  if (read === null) return null;
  const text = capitalized(
    oneLine(`${subordinate}${subordinate === '' ? capitalized(read) : read}`).replace(/[.!?,;:]+$/u, ''),
  );
  return entry(text, { after: follows ? [previousEntry] : [] });
}

function readMain(main: string, language: Language): string | null {
  const timed = timeLead.exec(main);
  const lead = timed?.[1] ?? '';
  const inside = timed?.[2] === undefined || germanModal.test(lead) ? null : readMain(timed[2], language);
  if (inside !== null) return `${inside.replace(/[.!?]+$/u, '')}, ${lead}`;
  const german = language === 'de' ? germanClause(main.replace(/[.!?]+$/u, '')) : null;
  if (german !== null) return german;
  const opening = englishClause(main);
  if (opening !== null) return opening;
  const inner = innerModal.exec(main);
  const rest = inner?.[1];
  if (inner === null || rest === undefined || actionVerb(rest, 'en') === null) return null;
  const before = main.slice(0, inner.index).replace(/[,\s]+$/u, '');
  return /\d|\b(?:by|before|until|on|next|bis)\b/iu.test(before) && before.length < 60
    ? `${rest.replace(/[.!?]+$/u, '')}, ${before}`
    : rest;
}

/** Splits "Move to Berlin by March: find a mover, pack" into what it is about and what is to be done. */
export function splitHead(
  sentence: string,
  language: Language,
): { readonly head: string | null; readonly rest: string } {
  const match = /^(.{3,160}?)(?::|\s[–—]\s)\s*(.{8,})$/u.exec(sentence);
  const rest = match?.[2];
  if (match?.[1] === undefined || rest === undefined) return { head: null, rest: sentence };
  const first = splitClauses(rest, language)
    .map((clause) => asEntry(clause, language))
    .filter((read) => read !== null);
  return first.length > 0 ? { head: match[1], rest } : { head: null, rest: sentence };
}

/** The text itself, or a letter's body when it looks like a letter. */
export function letterBody(text: string): string {
  const opening = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4);
  return opening.some((line) => mailHeader.test(line.trim()) || greeting.test(line.trim())) ? bodyOf(text) : text;
}

/** Says whether a sentence tells what all is for rather than one thing to do. */
export function tellsAim(sentence: string): boolean {
  return wish.test(sentence) || undertaking.test(strip(sentence).text);
}

/** Text of a letter or note without its headers, greeting and farewell. */
export function bodyOf(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !mailHeader.test(line.trim()) && !/^\s*>/u.test(line) && !farewell.test(plain(line.trim())));
  return lines.map((line) => line.replace(greeting, '')).join('\n');
}

/** "We need a permit, sponsors and volunteers": things to be got, one task each. */
function needed(sentence: string, language: Language): readonly Entry[] {
  const match =
    /\b(?:(?:we|i)\s+(?:will\s+|also\s+|still\s+)*need\s+(?!to\b)|(?:wir brauchen|ich brauche|brauchen wir|brauche ich)\s+(?:noch\s+|auch\s+)?)(.+)$/iu.exec(
      sentence,
    );
  const things = (match?.[1] ?? '')
    .replace(/[.!?]+$/u, '')
    .split(/\s*,\s*(?:and\s+|und\s+)?|\s+(?:and|und)\s+/iu)
    .filter((thing) => thing !== '' && thing.split(' ').length <= 8);
  return things.map((thing) =>
    entry(language === 'de' ? `${capitalized(thing.replace(germanArticle, ''))} besorgen` : `Get ${thing}`),
  );
}

/** The things to do that running text names, in its order; wishes are left out where tasks stand beside them. */
export function proseEntries(text: string, language: Language): readonly Entry[] {
  const found: { readonly entry: Entry; readonly goal: boolean }[] = [];
  for (const sentence of splitSentences(bodyOf(text), language)) {
    const { head, rest } = splitHead(sentence, language);
    const reads = splitClauses(rest, language)
      .map((clause) => asEntry(clause, language))
      .filter((read) => read !== null);
    const aim =
      found.length === 0 &&
      reads.length === 1 &&
      /\b(?:by|until|bis)\s/iu.test(sentence) &&
      undertaking.test(reads[0]?.text ?? '');
    for (const [position, read] of reads.entries())
      found.push({ entry: read, goal: head === null && position === 0 && (wish.test(sentence) || aim) });
    if (reads.length === 0) found.push(...needed(sentence, language).map((read) => ({ entry: read, goal: false })));
  }
  const tasks = found.filter((item) => !item.goal);
  return (tasks.length >= 2 ? tasks : found).map((item) => item.entry);
}
