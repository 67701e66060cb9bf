import type { Problem } from '../../contract/errors.ts';
import { parseEvent } from './event.ts';
import type { ParsedEvent } from './event.ts';
import type { CalendarText } from './split.ts';
import { toIso } from './times.ts';
import type { Zones } from './zones.ts';

/** Far over any real one; an index entry of Postgres must hold it. */
const maxUidLength = 500;

export type RawEvent = { readonly raw: string; readonly event: ParsedEvent };

/** Everything of one uid: the event or series, and the instances that differ from it. At least one of both is there. */
export type EventGroup = {
  readonly uid: string;
  readonly base: RawEvent | null;
  readonly exceptions: readonly RawEvent[];
};

/** Parses every VEVENT and gathers them by uid, in the order of the file. What can't be understood becomes a problem. */
export function groupEvents(
  text: CalendarText,
  { zones, newUid }: { readonly zones: Zones; readonly newUid: (raw: string) => string },
): { readonly groups: readonly EventGroup[]; readonly problems: readonly Problem[] } {
  const byUid = new Map<string, RawEvent[]>();
  const problems: Problem[] = [];
  for (const [index, raw] of text.events.entries()) {
    try {
      const event = parseEvent(raw, zones);
      const uid = event.uid ?? newUid(raw);
      if (uid.length > maxUidLength) throw new RangeError('its UID is too long');
      const members = byUid.get(uid) ?? [];
      members.push({ raw, event });
      byUid.set(uid, members);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ path: `events.${index}`, message: `This event was left out: ${message}` });
    }
  }
  const groups = [...byUid].map(([uid, members]) => ({
    uid,
    base: newest(members.filter((member) => member.event.recurrenceId === null)),
    exceptions: newestExceptions(members),
  }));
  return { groups, problems };
}

/** Of repeated versions the one with the highest SEQUENCE counts, the later of equals. */
function newest(members: readonly RawEvent[]): RawEvent | null {
  return members.reduce<RawEvent | null>(
    (best, next) => (best === null || next.event.sequence >= best.event.sequence ? next : best),
    null,
  );
}

function newestExceptions(members: readonly RawEvent[]): RawEvent[] {
  const byInstance = new Map<string, RawEvent[]>();
  for (const member of members) {
    if (member.event.recurrenceId === null) continue;
    const key = toIso(member.event.recurrenceId);
    byInstance.set(key, [...(byInstance.get(key) ?? []), member]);
  }
  return [...byInstance.values()].map(newest).filter((member) => member !== null);
}
