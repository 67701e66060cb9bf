/** How much of a person's records one model call may look at; the newest or nearest come first. */
export const factLimits = {
  notes: 50,
  noteChars: 4_000,
  recentNotes: 60,
  excerptChars: 300,
  tasks: 300,
  calendarEvents: 200,
  calendarDays: 60,
  projects: 100,
  openTasks: 1_000,
  finishedTasks: 200,
  taskChars: 2_000,
  windowEvents: 3_000,
  windowDaysBack: 90,
  windowDaysAhead: 30,
  eventChars: 500,
} as const;

// Half of a sign is none: what is cut in the middle of one ends before it.
const halfSign = /[\uD800-\uDBFF]$/;

/** A text cut at `limit` characters and marked by `…`. */
export function cut(text: string | null, limit: number): string | null {
  return text === null || text.length <= limit ? text : `${text.slice(0, limit).replace(halfSign, '')}…`;
}
