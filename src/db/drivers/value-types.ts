/**
 * How values of the database are read, the same for both drivers, so that rows are JSON-safe as they come: instants as
 * ISO 8601 in UTC, dates as `YYYY-MM-DD`, `numeric` and `bigint` as numbers (costs, sizes and counters: all within 2^53).
 */
export const valueParsers: Readonly<Record<number, (text: string) => string | number>> = {
  20: Number,
  1082: String,
  1184: readInstant,
  1700: Number,
};

// `2026-03-01 09:00:00.5+00`: the server writes the offset without minutes, which ISO 8601 does not know.
function readInstant(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}
