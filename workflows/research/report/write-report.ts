import type { CheckedClaim, Evidence, Found, Ledger, Plan } from '../outputs.ts';
import { Footnotes } from './footnotes.ts';
import type { Judged } from './judge-claims.ts';
import { count } from '../../shared/count.ts';
import { inline, section } from './text.ts';

export type Reporting = Judged & {
  readonly question: string;
  readonly summary: string;
  readonly gaps: readonly string[];
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** What was searched, by the keys of the sub-questions. */
  readonly found: ReadonlyMap<string, Found>;
};

const titleChars = 120;
const hashChars = 12;
const briefQuoteChars = 160;

function claimLine({ text, evidence, doubts }: CheckedClaim, notes: Footnotes): string {
  const doubt =
    doubts.length === 0 ? '' : ` *(in none of its quotes: ${doubts.map((each) => inline(each)).join(', ')})*`;
  return `- ${inline(text)}${doubt} ${notes.mention(evidence)}`;
}

function findings({ plan, claims }: Reporting, notes: Footnotes): readonly string[] {
  return plan.subQuestions.flatMap(({ key, question }) => {
    const own = claims.filter((claim) => claim.question === key);
    const lines = own.length === 0 ? ['Nothing was found.'] : own.map((claim) => claimLine(claim, notes));
    return [`### ${inline(question)}`, '', ...lines, ''];
  });
}

function placeOf({ kind, title, sourceId, start, end, sha256, match }: Evidence): string {
  const where = `characters ${start}–${end}`;
  const near = match === 'near' ? ', matched but for case, quotation marks or dashes' : '';
  return `${kind.replace('_', ' ')} “${inline(title, titleChars)}” · ${sourceId} · ${where}${near} · sha256 ${sha256.slice(0, hashChars)}`;
}

function sourceLines(notes: Footnotes, brief: boolean): readonly string[] {
  return notes.mentioned().flatMap(({ number, evidence }) => {
    if (brief) {
      const quote = inline(evidence.quote, briefQuoteChars);
      return [`[${number}] ${evidence.kind.replace('_', ' ')} “${inline(evidence.title, titleChars)}”: “${quote}”`, ''];
    }
    return [`[${number}] ${placeOf(evidence)}`, '', `> ${inline(evidence.quote)}`, ''];
  });
}

function searchLines({ plan, found, ledger }: Reporting): readonly string[] {
  const { given, exact, near, merged, unverified } = ledger.counts;
  const searches = plan.subQuestions.map(({ key, question, words }) => {
    const sources = new Set((found.get(key)?.sources ?? []).map((each) => `${each.kind}/${each.id}`)).size;
    const quotes = ledger.evidence.filter(({ questions }) => questions.includes(key)).length;
    const searched = words.map((word) => inline(word)).join(', ');
    return `- ${inline(question)} Searched for: ${searched}. ${count(sources, 'source')} read, ${count(quotes, 'quote')} kept.`;
  });
  const left = unverified === 0 ? '' : ` ${unverified} unverified (not in their sources) and left out.`;
  return [
    ...searches,
    `- Quotes given: ${given}. Verbatim: ${exact}; nearly so: ${near}; of these said twice: ${merged}.${left}`,
  ];
}

function gapLines(gaps: readonly string[]): readonly string[] {
  return gaps.map((gap) => `- ${inline(gap)}`);
}

function heading(question: string): readonly string[] {
  const title = inline(question, titleChars);
  const whole = inline(question, 4_000);
  return [`# ${title}`, '', ...(whole === title ? [] : [`Question: ${whole}`, ''])];
}

/** The report in Markdown: what was found, each claim with its footnotes, and how it was searched. */
export function writeReport(reporting: Reporting): string {
  const notes = new Footnotes(reporting.ledger.evidence);
  const { contradictions, unsupported } = reporting;
  const body = [
    ...section('In short', [inline(reporting.summary, 4_000)]),
    ...section('Findings', findings(reporting, notes)),
    ...section(
      'Contradictions',
      contradictions.map(({ text, evidence }) => `- ${inline(text)} ${notes.mention(evidence)}`),
    ),
    ...section(
      'Unsupported: no evidence stands behind it',
      unsupported.map(({ text }) => `- ${inline(text)}`),
    ),
    ...section('Open', gapLines(reporting.gaps)),
    ...section('Sources', sourceLines(notes, false)),
    ...section('How this was searched', searchLines(reporting)),
  ];
  return [...heading(reporting.question), ...body].join('\n');
}

/** The same for a note: what is claimed, with its sources in a line each. */
export function writeNote(reporting: Reporting): string {
  const notes = new Footnotes(reporting.ledger.evidence);
  const body = [
    ...section('In short', [inline(reporting.summary, 1_000)]),
    ...section(
      'Findings',
      reporting.claims.map((claim) => claimLine(claim, notes)),
    ),
    ...section(
      'Contradictions',
      reporting.contradictions.map(({ text, evidence }) => `- ${inline(text)} ${notes.mention(evidence)}`),
    ),
    ...section('Open', gapLines(reporting.gaps)),
    ...section('Sources', sourceLines(notes, true)),
  ];
  return [...heading(reporting.question), ...body].join('\n');
}

/** What there is to say when nothing was found. */
export function writeNothingFound(reporting: Reporting): string {
  const { plan, ledger } = reporting;
  const words = [...new Set(plan.subQuestions.flatMap((each) => each.words))].map((word) => inline(word));
  const dropped =
    ledger.counts.unverified === 0
      ? ''
      : ` ${count(ledger.counts.unverified, 'quote')} that a model gave stand in no source and were thrown away.`;
  const said = `Nothing was found in the records that answers this.${dropped} Searched for: ${words.join(', ')}.`;
  return [
    ...heading(reporting.question),
    ...section('In short', [said]),
    ...section('How this was searched', searchLines(reporting)),
  ].join('\n');
}
