// Half of a sign is none: what is cut in the middle of one ends before it.
const halfSign = /[\uD800-\uDBFF]$/u;

/** A text of at most `limit` characters, and `…` where something was left out. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(halfSign, '')}…`;
}
