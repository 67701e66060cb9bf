import { sql } from 'kysely';
import type { Insertable, Selectable, Transaction } from 'kysely';
import type { Tables } from './tables.ts';
import type { CalendarEventsTable } from './tables/calendar-tables.ts';

export type CalendarEventRow = Selectable<CalendarEventsTable>;
export type CalendarEventValues = Omit<
  Insertable<CalendarEventsTable>,
  'id' | 'created_at' | 'updated_at' | 'deleted_at'
>;

/** Steward's own calendar in the database. */
const localCalendar = 'local';

type Tx = Transaction<Tables>;
type Key = { readonly userId: string; readonly uid: string };

/** Events with a time in [from, to), and every series: which of its instances fall there only its rule tells. Without removed ones. */
export async function findEventsTouching(
  tx: Tx,
  params: { readonly userId: string; readonly from: Date; readonly to: Date },
): Promise<CalendarEventRow[]> {
  return tx
    .selectFrom('calendar_events')
    .selectAll()
    .where('user_id', '=', params.userId)
    .where('deleted_at', 'is', null)
    .where((row) =>
      row.or([
        row('rrule', 'is not', null),
        row.and([row('start_at', '<', params.to.toISOString()), row('end_at', '>=', params.from.toISOString())]),
      ]),
    )
    .orderBy('start_at')
    .orderBy('uid')
    .execute();
}

/** All events that are not removed, oldest start first, `limit` at most, newest kept. */
export async function listEvents(
  tx: Tx,
  params: { readonly userId: string; readonly limit: number },
): Promise<CalendarEventRow[]> {
  const rows = await tx
    .selectFrom('calendar_events')
    .selectAll()
    .where('user_id', '=', params.userId)
    .where('deleted_at', 'is', null)
    .orderBy('start_at', 'desc')
    .orderBy('uid', 'desc')
    .limit(params.limit)
    .execute();
  return rows.toReversed();
}

/** The event, removed ones included, locked until the end of the transaction; null when there never was one. */
export async function lockEvent(tx: Tx, key: Key): Promise<CalendarEventRow | null> {
  const row = await tx
    .selectFrom('calendar_events')
    .selectAll()
    .where('user_id', '=', key.userId)
    .where('calendar_id', '=', localCalendar)
    .where('uid', '=', key.uid)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Those of the uids that are known, removed ones included, locked until the end of the transaction. */
export async function lockEvents(
  tx: Tx,
  params: { readonly userId: string; readonly uids: readonly string[] },
): Promise<CalendarEventRow[]> {
  if (params.uids.length === 0) return [];
  return tx
    .selectFrom('calendar_events')
    .selectAll()
    .where('user_id', '=', params.userId)
    .where('calendar_id', '=', localCalendar)
    .where('uid', 'in', params.uids)
    .orderBy('uid')
    .forUpdate()
    .execute();
}

/** Inserts events whose uids are new. Returns how many were. */
export async function insertEvents(tx: Tx, events: readonly CalendarEventValues[]): Promise<number> {
  if (events.length === 0) return 0;
  const rows = await tx
    .insertInto('calendar_events')
    .values(events.map((values) => ({ ...values, calendar_id: localCalendar })))
    .onConflict((conflict) => conflict.columns(['user_id', 'calendar_id', 'uid']).doNothing())
    .returning('uid')
    .execute();
  return rows.length;
}

/** Writes these events whole, over what is there: read them with `lockEvents` first. No uid may come twice. */
export async function saveEvents(tx: Tx, events: readonly CalendarEventValues[]): Promise<void> {
  if (events.length === 0) return;
  await tx
    .insertInto('calendar_events')
    .values(events.map((values) => ({ ...values, calendar_id: localCalendar })))
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'calendar_id', 'uid']).doUpdateSet((row) => ({
        title: row.ref('excluded.title'),
        description: row.ref('excluded.description'),
        location: row.ref('excluded.location'),
        start_at: row.ref('excluded.start_at'),
        end_at: row.ref('excluded.end_at'),
        all_day: row.ref('excluded.all_day'),
        time_zone: row.ref('excluded.time_zone'),
        rrule: row.ref('excluded.rrule'),
        ics: row.ref('excluded.ics'),
        status: row.ref('excluded.status'),
        transparency: row.ref('excluded.transparency'),
        source: row.ref('excluded.source'),
        task_id: row.ref('excluded.task_id'),
        run_id: row.ref('excluded.run_id'),
        etag: row.ref('excluded.etag'),
        deleted_at: null,
      })),
    )
    .execute();
}

/** Marks the event as removed; it can come back under its uid. */
export async function removeEvent(tx: Tx, key: Key): Promise<void> {
  await tx
    .updateTable('calendar_events')
    .set({ deleted_at: sql<string>`now()` })
    .where('user_id', '=', key.userId)
    .where('calendar_id', '=', localCalendar)
    .where('uid', '=', key.uid)
    .execute();
}

/** Replaces the user's feed address by one with this hash. */
export async function replaceFeed(
  tx: Tx,
  params: { readonly userId: string; readonly secretHash: string },
): Promise<void> {
  await tx.deleteFrom('calendar_feeds').where('user_id', '=', params.userId).execute();
  await tx.insertInto('calendar_feeds').values({ user_id: params.userId, secret_hash: params.secretHash }).execute();
}

/** Whose feed it is, or null. Needs the service role: the reader of a feed is nobody yet. */
export async function findFeedOwner(tx: Tx, params: { readonly secretHash: string }): Promise<string | null> {
  const row = await tx
    .selectFrom('calendar_feeds')
    .select('user_id')
    .where('secret_hash', '=', params.secretHash)
    .executeTakeFirst();
  return row?.user_id ?? null;
}
