import type { Problem } from '../../contract/errors.ts';

// Deeper than any plan, shallower than what overflows the stack of a recursive check.
const deepest = 64;
const mostProblems = 20;

/** Linked to its parent instead of carrying its path: a long name above many values would be copied for each. */
type Place = { readonly value: unknown; readonly key: string; readonly parent: Place | null };

function unsafeText(text: string): string | null {
  if (text.includes('\u0000')) return 'must not contain the character U+0000';
  return text.isWellFormed() ? null : 'must be well-formed Unicode (it has half a surrogate pair)';
}

function pathOf(place: Place): string {
  const keys: string[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent)
    keys.unshift(at.key.slice(0, 100).toWellFormed().replaceAll('\u0000', '\uFFFD'));
  return keys.slice(1, 9).join('.') || 'body';
}

function problemAt(place: Place): Problem | null {
  const own = typeof place.value === 'string' ? unsafeText(place.value) : null;
  if (own !== null) return { path: pathOf(place), message: own };
  const named = unsafeText(place.key);
  return named === null ? null : { path: pathOf(place), message: `the name ${named}` };
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value);
}

function childrenOf(places: readonly Place[]): readonly Place[] {
  const children: Place[] = [];
  for (const parent of places) {
    if (typeof parent.value !== 'object' || parent.value === null) continue;
    for (const [key, value] of entriesOf(parent.value)) children.push({ value, key, parent });
  }
  return children;
}

/** What of a parsed JSON value Postgres can't hold, or recursive code can't walk. Goes level by level: no recursion. */
export function findUnsafe(root: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  let level: readonly Place[] = [{ value: root, key: '', parent: null }];
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    if (depth > deepest && first !== undefined)
      return [...problems, { path: pathOf(first), message: `is nested deeper than ${deepest} levels` }];
    for (const place of level) {
      const problem = problemAt(place);
      if (problem !== null) problems.push(problem);
      if (problems.length >= mostProblems) return problems;
    }
    level = childrenOf(level);
  }
  return problems;
}
