/** The date (`YYYY-MM-DD`) that an instant has in a time zone. */
export function localDate(instant: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));
}
