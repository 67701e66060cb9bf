import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { StewardError } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { EventView } from '../../contract/views.ts';
import { eventCursor } from '../../schemas/views/event.ts';
import type { Tables } from '../tables.ts';
import type { AgenticWorkflowsTable } from '../tables/run-tables.ts';
import { jsonText } from '../values.ts';

/** The channel on which every append is announced, as JSON `{runId, userId, seq}` with the run's last number. */
export const eventChannel = 'steward_events';

export type NewEvent = {
  /** Unique in the run and the same on every retry. */
  readonly changeKey: string;
  readonly type: string;
  readonly data: JsonObject;
  /** When it happened, ISO 8601; now when left out. */
  readonly at?: string;
};
/** New values of columns of the run's row, or expressions over what they are. */
export type RunColumns = { readonly [Column in keyof AgenticWorkflowsTable]?: unknown };
export type AppendEvents = {
  readonly runId: string;
  /** When given, the run must be this user's. */
  readonly userId?: string;
  readonly events: readonly NewEvent[];
  /** What else changes in the run's row, which is written anyway to number the events. */
  readonly columns?: RunColumns;
  /** Says that the transaction has looked the run up and locked its row before. */
  readonly locked?: boolean;
};

async function lockRun(tx: Transaction<Tables>, { runId, userId }: AppendEvents): Promise<void> {
  const run = await tx
    .selectFrom('agentic_workflows')
    .select('user_id')
    .where('id', '=', runId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (run === undefined || (userId !== undefined && userId !== run.user_id))
    throw new StewardError('not_found', `There is no run ${runId}.`);
}

// In JSON, so that one statement takes any number of events. Of two with the same key the first counts.
function toRecords(events: readonly NewEvent[]): string {
  const first = new Map(events.toReversed().map((event) => [event.changeKey, event]));
  const inOrder = events.filter((event) => first.get(event.changeKey) === event);
  return jsonText(
    inOrder.map(({ changeKey, type, data, at }, position) => ({
      key: changeKey,
      type,
      data,
      at: at ?? null,
      position,
    })),
  );
}

// A run writes some 40 events: one statement each instead of four was a tenth of what it costs the database.
async function insertEvents(tx: Transaction<Tables>, append: AppendEvents): Promise<Map<string, number>> {
  const { runId, events } = append;
  const columns = Object.entries(append.columns ?? {}).map(([name, value]) => sql`, ${sql.ref(name)} = ${value}`);
  const needed = columns.length > 0 ? sql`true` : sql`exists (select from fresh)`;
  const { rows } = await sql<{ change_key: string; seq: number }>`
    with given as (
      select * from jsonb_to_recordset(${toRecords(events)}::jsonb)
        as event (key text, type text, data jsonb, at timestamptz, position int)
    ), known as (
      select change_key, seq from run_events
      where run_id = ${runId}::uuid and change_key in (select key from given)
    ), fresh as (
      select given.*, row_number() over (order by position)::int as number from given
      where key not in (select change_key from known)
    ), run as (
      update agentic_workflows
      set event_seq = event_seq + (select count(*)::int from fresh) ${sql.join(columns, sql` `)}
      where id = ${runId}::uuid and ${needed}
      returning id, user_id, event_seq
    ), added as (
      insert into run_events (run_id, user_id, seq, change_key, type, data, created_at)
      select run.id, run.user_id, run.event_seq - (select count(*)::int from fresh) + number, key, type, data, coalesce(at, now())
      from fresh, run
      returning change_key, seq
    )
    select change_key, seq, null as told from known
    union all
    select change_key, seq, (
      select pg_notify(${eventChannel}, json_build_object('runId', id, 'userId', user_id, 'seq', event_seq)::text) from run
    )::text from added`.execute(tx);
  return new Map(rows.map((row) => [row.change_key, row.seq]));
}

/**
 * Appends events to a run, each once by its key, numbered from 1 without gaps: the run's row stays locked until the end of
 * the transaction, so numbers are given in the order of commits. Announces them at commit on `eventChannel`. Returns each
 * event's number in the order given, an earlier one for a key that was there. `columns` are written also when no event is
 * new. Throws `not_found` without the run.
 */
export async function appendEvents(tx: Transaction<Tables>, append: AppendEvents): Promise<{ seq: number }[]> {
  const { events, locked = false } = append;
  if (events.length === 0) return [];
  if (!locked) await lockRun(tx, append);
  const numbers = await insertEvents(tx, append);
  return events.map((event) => ({ seq: numbers.get(event.changeKey) ?? 0 }));
}

type EventRow = {
  run_id: string;
  seq: number;
  type: string;
  data: JsonObject;
  created_at: string;
  xact: string;
  id: number;
};

function toView(row: EventRow): EventView {
  return {
    seq: row.seq,
    runId: row.run_id,
    type: row.type,
    data: row.data,
    at: row.created_at,
    cursor: `${row.xact}.${String(row.id)}`,
  };
}

/** Events of one run with numbers above `afterSeq`, oldest first. */
export async function readEvents(
  tx: Transaction<Tables>,
  params: { readonly runId: string; readonly afterSeq: number; readonly limit: number },
): Promise<EventView[]> {
  const rows = await tx
    .selectFrom('run_events')
    .select(['run_id', 'seq', 'type', 'data', 'created_at', 'xact', 'id'])
    .where('run_id', '=', params.runId)
    .where('seq', '>', params.afterSeq)
    .orderBy('seq')
    .limit(params.limit)
    .execute();
  return rows.map(toView);
}

function readCursor(cursor: string): { xact: string; id: string } {
  const [, xact, id] = eventCursor.exec(cursor) ?? [];
  if (xact === undefined || id === undefined)
    throw new StewardError('invalid_input', 'The cursor is none that an event carried.');
  return { xact, id };
}

/**
 * Events of all runs that the role may see, oldest first, after the cursor of an earlier event (null: from the beginning).
 * Ids are given before commits, so a reader that followed ids alone would pass by an event that commits late. This one
 * stops before the oldest transaction still open; an event comes a moment later, and none is ever missed.
 */
export async function readUserEvents(
  tx: Transaction<Tables>,
  params: { readonly after: string | null; readonly limit: number; readonly userId?: string },
): Promise<EventView[]> {
  const { after, limit, userId } = params;
  let query = tx
    .selectFrom('run_events')
    .select(['run_id', 'seq', 'type', 'data', 'created_at', 'xact', 'id'])
    .where(sql<boolean>`xact < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('xact')
    .orderBy('id')
    .limit(limit);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (after !== null) {
    const { xact, id } = readCursor(after);
    query = query.where(sql<boolean>`(xact, id) > (${xact}::xid8, ${id}::bigint)`);
  }
  return (await query.execute()).map(toView);
}

/** A cursor after everything that `readUserEvents` would give now: for readers who want only what comes. */
export async function currentEventCursor(tx: Transaction<Tables>): Promise<string> {
  const { rows } = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(
    tx,
  );
  return `${rows[0]?.xmin ?? '0'}.0`;
}
