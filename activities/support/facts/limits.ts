/** How much of a person's records one model call may look at; the newest or nearest come first. */
export const factLimits = {
  notes: 50,
  noteChars: 4_000,
  tasks: 300,
  calendarEvents: 200,
  calendarDays: 60,
} as const;

/** A text cut at `limit` characters and marked by `…`. */
export function cut(text: string | null, limit: number): string | null {
  return text === null || text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
