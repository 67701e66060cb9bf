import { readFileSync } from 'node:fs';
import { expandEvents } from '../../../src/calendar/ics/expand.ts';
import { readCalendar } from '../../../src/calendar/ics/read.ts';

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/ics/${name}.ics`, import.meta.url), 'utf8');
}

export function vevents(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n');
}

/** Instances as `start → end title`, in UTC, for a person in `zone`. */
export function expand(
  text: string,
  { from, to, zone = 'Europe/Berlin' }: { readonly from: string; readonly to: string; readonly zone?: string },
) {
  const { events, problems } = readCalendar(text, { defaultTimeZone: zone });
  const expansion = expandEvents(events, { fromMs: Date.parse(from), toMs: Date.parse(to) });
  const shown = expansion.instances.map((instance) => `${instance.start} → ${instance.end} ${instance.title}`);
  return { shown, instances: expansion.instances, problems: [...problems, ...expansion.problems] };
}
