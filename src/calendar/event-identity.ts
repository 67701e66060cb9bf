import { createHash } from 'node:crypto';

/**
 * The uid of an event that Steward makes: the same for the same id, so that a retry meets its own event. Only 0-9 and a-v,
 * which is what Google takes as an event id.
 */
export function eventUid(eventId: string): string {
  const plain = eventId.toLowerCase().replaceAll('-', '');
  const local = /^[0-9a-v]{5,200}$/u.test(plain) ? plain : createHash('sha256').update(eventId).digest('hex');
  return `${local}@steward`;
}

/** What a person sees of an event: two events that agree in this are the same. */
export type EventContent = {
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  readonly timeZone: string | null;
  readonly status: string;
  readonly transparency: string;
  readonly ics: string | null;
};

/** A strong etag of the content. Export stamps are left out: some servers renew them with every download. */
export function eventEtag(content: EventContent): string {
  const { title, description, location, startMs, endMs, allDay, timeZone, status, transparency, ics } = content;
  const text = ics?.replace(/^DTSTAMP[;:].*(?:\r?\n[ \t].*)*\r?\n?/gimu, '') ?? null;
  const parts = [title, description, location, startMs, endMs, allDay, timeZone, status, transparency, text];
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}"`;
}
