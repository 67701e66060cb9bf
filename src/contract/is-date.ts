/** Whether a text is a date that the calendar has: `2026-02-31` is none. */
export function isDate(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
