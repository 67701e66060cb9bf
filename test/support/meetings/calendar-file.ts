const dayMs = 86_400_000;

type Entry = {
  readonly uid: string;
  readonly title: string;
  readonly startMs: number;
  readonly minutes: number;
  readonly description?: string;
  readonly rule?: string;
};

function utc(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/gu, '');
}

function entry({ uid, title, startMs, minutes, description, rule }: Entry): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${utc(startMs)}`,
    `DTEND:${utc(startMs + minutes * 60_000)}`,
    `SUMMARY:${title}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${description}`]),
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    'END:VEVENT',
  ];
}

/** Midnight (UTC) of the Monday after an instant. */
export function nextMonday(nowMs: number): number {
  const today = Math.floor(nowMs / dayMs);
  // Day 4 of the epoch was a Monday.
  return (today + 7 - ((today - 4) % 7)) * dayMs;
}

/** An instant of the week that begins at `mondayMs`: weekday 0 for Monday, UTC hours. */
export function at(mondayMs: number, weekday: number, hour: number): number {
  return mondayMs + weekday * dayMs + hour * 3_600_000;
}

/**
 * The calendar of somebody with a weekly series, a weekly workshop that is none in the file, an interview, a customer and a
 * lunch in the week after `nowMs`. Another `owner` has other events.
 */
export function meetingsFile(nowMs: number, owner = 'test'): string {
  const monday = nextMonday(nowMs);
  const weeks = (count: number): number => count * 7 * dayMs;
  const workshops = [-6, -5, -4, -3, -2, 0].map((week) => ({
    uid: `workshop${week}@${owner}`,
    title: 'Design workshop',
    startMs: at(monday, 2, 13) + weeks(week),
    minutes: 120,
    ...(week === 0 ? { description: 'We choose the final layout. Please bring your sketches.' } : {}),
  }));
  const entries: readonly Entry[] = [
    {
      uid: `sync@${owner}`,
      title: 'Team sync',
      startMs: at(monday, 0, 9) - weeks(8),
      minutes: 30,
      rule: 'FREQ=WEEKLY',
    },
    ...workshops,
    { uid: `ada@${owner}`, title: 'Interview with Ada', startMs: at(monday, 3, 10), minutes: 60 },
    { uid: `ben@${owner}`, title: 'Lunch with Ben', startMs: at(monday, 3, 12), minutes: 60 },
    { uid: `kunde@${owner}`, title: 'Gespräch mit Kunde Müller', startMs: at(monday, 4, 9), minutes: 60 },
  ];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...entries.flatMap(entry), 'END:VCALENDAR'];
  return lines.join('\r\n');
}
