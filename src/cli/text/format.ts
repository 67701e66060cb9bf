/** `$0.0123`, or `unknown` where nobody knows. */
export function formatUsd(usd: number | null): string {
  return usd === null ? 'unknown' : `$${usd.toFixed(4)}`;
}

/** Local date and time with the zone, since a bare time is a riddle. */
export function formatTime(iso: string | null): string {
  if (iso === null) return '–';
  return new Date(iso).toLocaleString('sv-SE', { timeZoneName: 'short' });
}

/** The time of an event: of one that takes whole days its date as it is, which is the same in every zone. */
export function eventTime(iso: string | null, allDay: boolean): string {
  return allDay && iso !== null ? iso.slice(0, 10) : formatTime(iso);
}

/** One line of at most `length` characters. */
export function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** `1 task`, `2 tasks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
