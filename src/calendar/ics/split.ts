/** The parts of a calendar file as they stand in it, so that nothing is lost between reading and giving back. */
export type CalendarText = {
  readonly name: string | null;
  readonly events: readonly string[];
  /** Raw VTIMEZONE by TZID. */
  readonly zones: ReadonlyMap<string, string>;
};

/** Cuts a file at its BEGIN and END lines, which are never folded. An unfinished part at the end is dropped, and so are NULs, which Postgres can't store. */
export function splitCalendar(text: string): CalendarText {
  const events: string[] = [];
  const zones = new Map<string, string>();
  let name: string | null = null;
  let open: { readonly kind: string; readonly lines: string[] } | null = null;
  for (const line of text
    .replace(/^\uFEFF/u, '')
    .replaceAll('\u0000', '')
    .split(/\r\n|\n|\r/u)) {
    const mark = /^(BEGIN|END):([A-Z-]+)\s*$/iu.exec(line);
    if (open === null && mark?.[1]?.toUpperCase() === 'BEGIN') {
      const kind = mark[2]?.toUpperCase() ?? '';
      if (kind !== 'VCALENDAR') open = { kind, lines: [] };
    }
    if (open === null) {
      name ??= /^X-WR-CALNAME[^:]*:(.*)$/iu.exec(line)?.[1]?.trim() ?? null;
      continue;
    }
    open.lines.push(line);
    if (mark?.[1]?.toUpperCase() !== 'END' || mark[2]?.toUpperCase() !== open.kind) continue;
    const raw = open.lines.join('\r\n');
    if (open.kind === 'VEVENT') events.push(raw);
    if (open.kind === 'VTIMEZONE') zones.set(zoneName(raw), raw);
    open = null;
  }
  return { name, events, zones };
}

/** Puts parts back together as a file of their own. */
export function joinCalendar(parts: { readonly events: readonly string[]; readonly zones: readonly string[] }): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Steward//Steward//EN',
    ...parts.zones,
    ...parts.events,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

/** One property a line. */
export function unfold(raw: string): string[] {
  return raw.replace(/\r?\n[ \t]/gu, '').split(/\r?\n/u);
}

function zoneName(raw: string): string {
  const line = unfold(raw).find((candidate) => /^TZID[;:]/iu.test(candidate)) ?? '';
  return line.slice(line.indexOf(':') + 1).trim();
}
