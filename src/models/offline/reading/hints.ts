import { oneLine } from '../text/clean.ts';

/** What a phrase says about order, and the phrase without it. */
export type Hints = { readonly core: string; readonly after: readonly string[]; readonly before: readonly string[] };

/** The hint that stands for "the entry above": a phrase that opens with "then". */
export const previousEntry = '^';

const dateLike =
  /^(?:the\s+)?(?:\d|january|february|march|april|may\b|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|this|end|noon|christmas|easter|work|school|lunch|that|this|it|dem\s+\d|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|mai|juni|juli|oktober|dezember|weihnachten|ostern|ende|der\s+arbeit|nächste)/iu;

const afterOpening = /^(?:after|once|when|as soon as|nachdem|sobald|wenn|nach)\s+([^,]{3,80}?),\s+(.+)$/iu;
const beforeOpening = /^(?:before|bevor|ehe|vor)\s+([^,]{3,80}?),\s+(.+)$/iu;
const inBrackets =
  /\s*[([]\s*(after|once|depends? on|requires?|needs|blocked by|before|nach(?:dem)?|benötigt|braucht|vor(?: dem)?|bevor|abhängig von)[:\s]+([^)\]]{2,80})[)\]]/giu;
const afterEnding =
  /[,;]?\s+(?:[–—-]\s+)?(?:only\s+|but\s+)?(?:after|once|as soon as|following|depending on|which depends on|depends on|requires|blocked by|waiting for|nachdem|sobald|erst wenn|abhängig von|hängt ab von|benötigt|direkt nach|erst nach)[:\s]\s*(.{3,100})$/iu;
// Three letters stand for three or more: "{3,}" behind ".*" takes 20 s over one word of 100,000 letters.
const germanAfterEnding = /^(.*\p{L}{3}en)\s+nach\s+((?:dem|der|den)\s+.{3,80})$/iu;
const beforeEnding =
  /[,;]?\s+(?:(?:\d{1,2}|an?|one|two|three|four|six)\s+(?:days?|weeks?|months?)\s+)?(?:before|prior to|bevor)\s+(.{3,100})$/iu;
const germanBefore = /\bvor\s+(?:dem|der|den)\s+(\p{Lu}[\p{L}-]{3,})/gu;
const germanAfter =
  /\b(?:nach|erst nach)\s+(?:dem|der|den)\s+(\p{Lu}[\p{L}-]{3,}(?:\s+(?:der|des|von|vom)\s+\p{L}+)*)/gu;

function clean(fragment: string): string {
  return oneLine(
    fragment
      .replace(/\([^)]*\)/gu, ' ')
      .replace(/[.;:!]+$/u, '')
      .replace(/\s+(?:is|are|has been|have been|was|were)\s+(?:done|finished|complete[d]?|ready|over)$/iu, ''),
  );
}

function fromBrackets(text: string): Hints {
  const after: string[] = [];
  const before: string[] = [];
  const core = text.replace(inBrackets, (match: string, cue: string, fragment: string) => {
    if (dateLike.test(fragment) || /^\d+\s*(?:h|min|days?|std|tage?)\b/iu.test(fragment)) return match;
    const list = /^(?:before|vor|bevor)/iu.test(cue) ? before : after;
    list.push(...fragment.split(/\s*(?:,|&|\band\b|\bund\b)\s*/iu).map(clean));
    return '';
  });
  return { core: oneLine(core), after, before };
}

function fromOpening(hints: Hints): Hints {
  const later = afterOpening.exec(hints.core);
  if (later?.[1] !== undefined && later[2] !== undefined && !dateLike.test(later[1])) {
    return { core: later[2], after: [...hints.after, clean(later[1])], before: hints.before };
  }
  const earlier = beforeOpening.exec(hints.core);
  if (earlier?.[1] !== undefined && earlier[2] !== undefined && !dateLike.test(earlier[1])) {
    return { core: earlier[2], after: hints.after, before: [...hints.before, clean(earlier[1])] };
  }
  return hints;
}

function cutAt(hints: Hints, pattern: RegExp, kind: 'after' | 'before'): Hints {
  const match = pattern.exec(hints.core);
  const fragment = match?.[1];
  if (match === null || fragment === undefined || match.index < 3 || dateLike.test(fragment)) return hints;
  return { ...hints, core: hints.core.slice(0, match.index), [kind]: [...hints[kind], clean(fragment)] };
}

function fromGerman(hints: Hints): Hints {
  const ending = germanAfterEnding.exec(hints.core);
  if (ending?.[1] !== undefined && ending[2] !== undefined && !dateLike.test(ending[2])) {
    return { core: ending[1], after: [...hints.after, clean(ending[2])], before: hints.before };
  }
  const after = [...hints.core.matchAll(germanAfter)].map((match) => match[1] ?? '');
  const before = [...hints.core.matchAll(germanBefore)].map((match) => match[1] ?? '');
  return { core: hints.core, after: [...hints.after, ...after], before: [...hints.before, ...before] };
}

/** Reads "after …", "once …", "before …", "depends on …" and their German forms from a phrase. */
export function readHints(text: string): Hints {
  const opened = fromOpening(fromBrackets(oneLine(text)));
  const cut = cutAt(cutAt(opened, beforeEnding, 'before'), afterEnding, 'after');
  const hints = fromGerman(cut);
  return hints.core.trim() === '' ? { ...hints, core: oneLine(text) } : { ...hints, core: hints.core.trim() };
}
