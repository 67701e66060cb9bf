import { asName, capitalized, oneLine, plain, shortened } from '../text/clean.ts';
import { findDates } from '../text/dates.ts';
import type { DateMention, Reference } from '../text/dates.ts';
import type { Language } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';
import { countEntries } from '../reading/choose.ts';
import type { Reading } from '../reading/choose.ts';
import { bodyOf, proseEntries, splitHead, tellsAim } from '../reading/prose.ts';
import { paragraphs, walk } from '../reading/sections.ts';

/** What a text says of the whole: its name, what it is for, and its dates. */
export type Frame = {
  readonly title: string;
  readonly goal: string;
  readonly startDate: string | null;
  readonly deadline: string | null;
  readonly pastDeadline: string | null;
};

const explicitLine =
  /\b(?:deadline|due(?: date)?|target date|go-?live|launch(?: date)?|end date|must be (?:done|ready|finished)|finish(?:ed)? by|frist|abgabe(?:termin)?|stichtag|fertig(?:stellung)?|endtermin|zieltermin|fällig)\b/iu;
const startLine = /\b(?:start(?:s|ing)?(?: date)?|kick-?off|begin(?:s|ning)?|beginnt?|anfang|startdatum)\b/iu;

/** Subject of a letter, first heading, what stands before the colon, or the first sentence. */
function titleFrom(text: string, reading: Reading, language: Language): string {
  const subject = /^(?:subject|betreff)\s*:\s*(.+)$/imu.exec(text)?.[1];
  if (subject !== undefined) return subject.replace(/^(?:re|fwd?|aw|wg)\s*:\s*/iu, '');
  const heading = reading.root.children.find((child) => child.depth <= 2);
  if (heading !== undefined && (reading.root.blocks.length === 0 || heading.depth === 1)) return heading.title;
  const first =
    splitSentences(bodyOf(paragraphs(reading.root).join('\n')), language)[0] ??
    (reading.root.children[0]?.depth === 8 ? reading.root.children[0].title : '');
  const { head } = splitHead(first, language);
  if (head !== null) return head;
  // A story's first sentence is no name for what it leads to.
  const told = reading.source === 'sentences' && countEntries(reading.groups) >= 2 && first.split(' ').length > 8;
  return told && !tellsAim(first) ? '' : first;
}

function withoutDates(title: string, language: Language, reference: Reference): string {
  let text = title;
  for (const mention of findDates(title, language, reference).toReversed()) {
    const before = text
      .slice(0, mention.index)
      .replace(
        /[\s,(–—-]*(?:\b(?:by|until|till|before|due|on|at|the|from|starting|bis|zum|spätestens|am|vor|dem|ab|im|in|für|for|den|abgabe|frist|deadline|fällig)\b[:\s]*)*$/iu,
        '',
      );
    const after = text.slice(mention.index + mention.text.length).replace(/^\s*\)/u, '');
    if (before.trim().length > 3) text = oneLine(`${before}${after}`);
  }
  return text;
}

const wishOpening =
  /^(?:(?:i|we)(?:'d| would)? (?:want|like|need|have|love|plan|wish|hope|intend|am|are)(?: planning| going)? to |we are planning |i am planning |(?:please )?help me (?:to )?|(?:please )?plan (?:me |us |for me )?(?=\p{L})|(?:could|can) you (?:please )?|ich (?:möchte|will|muss) |wir (?:möchten|wollen|müssen|planen) |(?:bitte )?plane )/iu;

/** A project's name of at most 80 characters. */
function nameFrom(raw: string, language: Language, reference: Reference): string {
  const line = asName(raw.split('\n')[0] ?? '').replace(/[.!?]+$/u, '');
  const undated = withoutDates(line, language, reference);
  const bare = undated
    .replace(/^(?:goals?|ziel|project|projekt|plan|title|titel|vorhaben)\s*:\s*/iu, '')
    .replace(
      /,? (?:at |with |mit )?\d{1,2} ?(?:h|hours?|std\.?|stunden) ?(?:a|per|each|pro|\/|die) ?(?:week|woche)\b/iu,
      '',
    )
    .replace(wishOpening, '')
    .replace(/[\s,;:–—-]+$/u, '')
    .trim();
  return capitalized(shortened(bare.length >= 3 ? bare : undated, 80));
}

function goalFrom(text: string, reading: Reading, language: Language): string {
  const lines = walk(reading.root)
    .filter((section) => section.depth <= 2)
    .flatMap(paragraphs)
    .map(plain)
    .filter((line) => line.length > 20 && !/:\s*$/u.test(line) && !/^[✅✓✔❌⏳]/u.test(line));
  const stated = lines
    .map((line) => /^(?:purpose|goal|aim|zweck|ziel|about)\s*:\s*(.{15,})$/iu.exec(line)?.[1])
    .find((line) => line !== undefined);
  const first =
    stated ??
    lines.find((line) => !/^[\p{L} ]{2,30}:\s/u.test(line)) ??
    (text.trim().includes('\n') ? '' : oneLine(text));
  return shortened(splitSentences(first, language).slice(0, 2).join(' '), 400);
}

/** Lines that speak of the whole, not of one task, so that their dates are the project's. */
function frameLines(text: string, reading: Reading, language: Language): readonly string[] {
  const own = reading.root.children
    .filter((child) => child.depth === 1 || child.depth >= 7)
    .flatMap((child) => [child.title, ...(child.depth === 1 ? paragraphs(child) : [])]);
  const sentences = [
    ...own,
    ...paragraphs(reading.root),
    ...walk(reading.root)
      .filter((section) => section.depth > 1)
      .flatMap(paragraphs)
      .filter((line) => explicitLine.test(line)),
  ].flatMap((line) => splitSentences(line, language));
  const explicit = text
    .split('\n')
    .map(oneLine)
    .filter((line) =>
      /^[-*\s]{0,20}(?:[\p{L} -]{0,20})?(?:deadline|due date|target date|end date|frist|abgabe|zieltermin|stichtag)\b/iu.test(
        line,
      ),
    );
  const heads = sentences.map((sentence) => {
    if (reading.source === 'sentences') {
      const head = splitHead(sentence, language).head;
      if (head !== null) return head;
      return countsAsTask(sentence, reading, language) ? '' : sentence;
    }
    return sentence;
  });
  return [...explicit, ...heads].filter((line) => line !== '');
}

function countsAsTask(sentence: string, reading: Reading, language: Language): boolean {
  const known = new Set(reading.groups.flatMap((group) => group.entries).map((item) => item.text));
  return known.size >= 2 && proseEntries(sentence, language).some((item) => known.has(item.text));
}

function pick(mentions: readonly DateMention[], test: (mention: DateMention) => boolean): DateMention | null {
  return mentions.find((mention) => test(mention) && !mention.past) ?? null;
}

/** Reads the frame of a plan. `loose` takes a date that is merely named ("my wedding on 12 June") as the deadline too. */
export function readFrame(
  text: string,
  reading: Reading,
  setting: { readonly language: Language; readonly reference: Reference; readonly loose: boolean },
): Frame {
  const { language, reference } = setting;
  const lines = frameLines(text, reading, language);
  const mentions = lines.flatMap((line) =>
    findDates(line, language, reference).map((mention): DateMention => ({
      ...mention,
      role: mention.role === 'on' && explicitLine.test(line) && !startLine.test(line) ? 'deadline' : mention.role,
    })),
  );
  const due =
    pick(mentions, (mention) => mention.role === 'deadline') ??
    (setting.loose ? pick(mentions, (mention) => mention.role === 'on') : null);
  const start = pick(mentions, (mention) => mention.role === 'start');
  const past = mentions.find((mention) => mention.past && (mention.role === 'deadline' || setting.loose));
  return {
    title: nameFrom(titleFrom(text, reading, language), language, reference),
    goal: goalFrom(text, reading, language),
    startDate: start === null || (due !== null && start.date > due.end) ? null : start.date,
    deadline: due?.end ?? null,
    pastDeadline: due === null && past !== undefined ? past.end : null,
  };
}
