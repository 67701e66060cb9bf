/** A text without the one character that no column of Postgres keeps. Models and servers of others write it. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

/** A JSON value without that character, names of fields included. */
export function valueWithoutNul(value: unknown): unknown {
  if (typeof value === 'string') return withoutNul(value);
  if (Array.isArray(value)) return value.map(valueWithoutNul);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [withoutNul(key), valueWithoutNul(inner)]));
}
