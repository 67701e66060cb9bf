import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { EventRole } from '../../contract/operations/tasks.ts';
import type { CalendarEventRow } from '../calendar-events.ts';
import type { Tables } from '../tables.ts';

type Tx = Transaction<Tables>;

/** `block`: the event is time set aside for the task. `recurrenceId` is null for the event itself, or all of a series. */
export type EventLink = {
  readonly uid: string;
  readonly recurrenceId: string | null;
  readonly role: EventRole | 'block';
};
export type LinkedTask = EventLink & { readonly id: string; readonly title: string };

// More than anybody links by hand; the latest are the ones that matter.
const mostLinks = 200;

/** The events that a task is linked to, whether or not the calendar has them. */
export async function linksOfTask(tx: Tx, { taskId }: { readonly taskId: string }): Promise<readonly EventLink[]> {
  return await tx
    .selectFrom('task_event_links')
    .select(['event_uid as uid', 'recurrence_id as recurrenceId', 'role'])
    .where('task_id', '=', taskId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(mostLinks)
    .execute();
}

/** The events under these uids, and the blocks of the task. */
export async function eventsOfTask(
  tx: Tx,
  { taskId, uids }: { readonly taskId: string; readonly uids: readonly string[] },
): Promise<readonly CalendarEventRow[]> {
  return await tx
    .selectFrom('calendar_events')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where((row) => row.or([row('task_id', '=', taskId), ...(uids.length === 0 ? [] : [row('uid', 'in', [...uids])])]))
    .orderBy('start_at', 'desc')
    .limit(2 * mostLinks)
    .execute();
}

/** Tasks that are linked to events with these uids, and those that the events are blocks of; deleted ones left out. */
export async function tasksOfEvents(
  tx: Tx,
  { uids }: { readonly uids: readonly string[] },
): Promise<readonly LinkedTask[]> {
  // As JSON: a window may hold more events than a statement takes parameters.
  const { rows } = await sql<LinkedTask>`
    with wanted as (select value as uid from jsonb_array_elements_text(${JSON.stringify(uids)}::jsonb) as given (value))
    select linked.uid, linked."recurrenceId", linked.role, task.id, task.title
    from (
      select event_uid as uid, recurrence_id as "recurrenceId", role, task_id, user_id from task_event_links
      union all
      select uid, null, 'block', task_id, user_id from calendar_events where task_id is not null and deleted_at is null
    ) linked
      join wanted using (uid)
      join tasks task on task.id = linked.task_id and task.user_id = linked.user_id
    where task.deleted_at is null
    order by linked.uid, task.created_at, task.id, linked.role`.execute(tx);
  return rows;
}
