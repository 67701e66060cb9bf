import { actionVerb } from './verbs.ts';

const bullet = /^(\s*)(?:[•◦▪‣●○■□☐☑·–—]|->|=>|→)\s+(?=\S)/u;
const checkbox = /^(\s*)\[( |x|X)\]\s+/u;
const stage =
  /^(?:\*\*)?(?:phase|week|day|step|stage|sprint|milestone|month|part|pr|task|woche|tag|schritt|etappe|monat|meilenstein|aufgabe|teil)\s*#?\d+\s*(?:\*\*)?\s*[:.)–—-]/iu;
const markdownLine = /^\s*(?:[-*+]\s|\d{1,3}[.)]\s|#{1,6}\s|>|\||```|~~~|<|\*\*[^*]+\*\*:?\s*$)/u;

/** Deeper than this and busier than this nobody plans, and the parser's time grows with the square. */
const deepestIndent = 12;
const mostMarks = 200;

function tamed(line: string): string {
  const indent = /^\s*/u.exec(line)?.[0].length ?? 0;
  const shallow = indent > deepestIndent ? line.slice(indent - deepestIndent) : line;
  const quoted = shallow.replace(/^(?:[ \t]*>){4,}/u, '> ');
  const marks = quoted.match(/[*_~`[\]<>!\\]/gu)?.length ?? 0;
  return marks > mostMarks ? quoted.replace(/[*_~`[\]<>!\\]/gu, '') : quoted;
}

/** "Monday - gym", "14:00 call mum", "2027-05-03: hand in": one line a thing. */
const dated =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\d{1,2}[:.]\d{2}(?:\s*[-–]\s*\d{1,2}[:.]\d{2})?|\d{4}-\d{2}-\d{2})\s*[-–—:]?\s+\S/iu;

function isEntry(line: string): boolean {
  const text = line.trim();
  if (dated.test(text) && text.length <= 140) return true;
  if (stage.test(text)) return true;
  return (
    text.length <= 140 &&
    (actionVerb(text, 'en') !== null || (actionVerb(text, 'de') !== null && text.split(/\s+/u).length <= 8))
  );
}

/** Lines one below the other, each a thing to do, are a list whose bullets were left out. */
function isBareList(lines: readonly string[]): boolean {
  if (lines.length < 2 || lines.some((line) => markdownLine.test(line) || /^\s{4,}/u.test(line))) return false;
  const body = lines[0]?.trim().endsWith(':') === true ? lines.slice(1) : lines;
  const starts = body.filter(isEntry).length;
  const wrapped = body.some((line, position) => position > 0 && /^\p{Ll}/u.test(line.trim()) && !isEntry(line));
  return body.length >= 2 && !wrapped && starts / body.length >= 0.6;
}

function asList(lines: readonly string[]): readonly string[] {
  const label = lines[0]?.trim().endsWith(':') === true;
  const body = label ? lines.slice(1) : lines;
  return [...(label ? [lines[0] ?? '', ''] : []), ...body.map((line) => `- ${line.trim()}`)];
}

/**
 * Makes plain text into Markdown where people leave its marks out: other bullets, checkboxes without a dash, bare lines
 * that are each a thing to do, a list right below its label. Fenced code is kept as it is.
 */
export function prepareLines(text: string): string {
  const out: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  // A stage or a label right below a list would be read as the last entry's second line.
  const heads = (line: string): boolean =>
    /^\S/u.test(line) &&
    !markdownLine.test(line) &&
    (stage.test(line) || /:\s*$/u.test(line)) &&
    block.some((other) => markdownLine.test(other));
  const flush = (): void => {
    out.push(...(isBareList(block) ? asList(block) : block));
    block = [];
  };
  for (const line of text
    .replace(/\r\n?/gu, '\n')
    .replace(/^---\n[\s\S]{0,4000}?\n---\n/u, '')
    .split('\n')) {
    const raw = tamed(line);
    const mark = /^\s*(```+|~~~+)/u.exec(raw)?.[1]?.slice(0, 3) ?? null;
    if (mark !== null && (fence === null || fence === mark)) {
      flush();
      fence = fence === null ? mark : null;
      out.push(raw);
    } else if (fence !== null) out.push(raw);
    else if (raw.trim() === '') {
      flush();
      out.push('');
    } else {
      if (heads(raw)) {
        flush();
        out.push('');
      }
      block.push(raw.replace(checkbox, '$1- [$2] ').replace(bullet, '$1- '));
    }
  }
  flush();
  return out.join('\n');
}
