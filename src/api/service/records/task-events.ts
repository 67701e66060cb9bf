import { expandEvents } from '../../../calendar/ics/expand.ts';
import type { EventInstance } from '../../../calendar/ics/types.ts';
import { toEvent } from '../../../calendar/local/rows.ts';
import type { CalendarEventRow } from '../../../db/calendar-events.ts';
import { eventsOfTask, linksOfTask, tasksOfEvents } from '../../../db/records/task-events.ts';
import type { EventLink } from '../../../db/records/task-events.ts';
import type { EventTaskView } from '../../calendar-api.ts';
import type { TaskEventView } from '../../records-api.ts';
import type { Tx } from '../runs/find.ts';

// An instance of a series is looked for around its original time; one that was moved farther is shown at that time.
const aroundMs = 32 * 86_400_000;

function instanceOf(row: CalendarEventRow, recurrenceId: string | null): EventInstance | undefined {
  const atMs = Date.parse(recurrenceId ?? row.start_at);
  const endMs = recurrenceId === null ? Date.parse(row.end_at) : atMs;
  if (Number.isNaN(atMs)) return undefined;
  // Of a series without a named instance the first one stands for it.
  const { instances } = expandEvents([toEvent(row)], { fromMs: atMs - aroundMs, toMs: endMs + aroundMs });
  return instances.find((one) => recurrenceId === null || one.recurrenceId === recurrenceId);
}

/** What the calendar says of a linked event; one that is not in it (any more) is named all the same. */
function eventView(link: EventLink, row: CalendarEventRow | undefined): TaskEventView {
  const { uid, recurrenceId, role } = link;
  const found = row === undefined ? undefined : instanceOf(row, recurrenceId);
  return {
    uid,
    recurrenceId,
    role,
    title: found?.title ?? row?.title ?? null,
    start: found?.start ?? recurrenceId,
    end: found?.end ?? null,
    allDay: found?.allDay ?? row?.all_day ?? false,
  };
}

/** The events that a task prepares, follows up or works on, and the blocks in which it is to be done, by start. */
export async function readTaskEvents(tx: Tx, taskId: string): Promise<readonly TaskEventView[]> {
  const links = await linksOfTask(tx, { taskId });
  const uids = links.map(({ uid }) => uid);
  const rows = await eventsOfTask(tx, { taskId, uids });
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  const blocks = rows
    .filter((row) => row.task_id === taskId && !uids.includes(row.uid))
    .map((row) => ({ uid: row.uid, recurrenceId: null, role: 'block' as const }));
  const views = [...links, ...blocks].map((link) => eventView(link, byUid.get(link.uid)));
  return views.toSorted((a, b) => (a.start ?? '').localeCompare(b.start ?? '') || a.uid.localeCompare(b.uid));
}

/** The tasks of each of these instances: those linked to it or to its whole series, and the one that it is a block of. */
export async function readEventTasks(
  tx: Tx,
  instances: readonly Pick<EventInstance, 'uid' | 'recurrenceId'>[],
): Promise<readonly (readonly EventTaskView[])[]> {
  const found = await tasksOfEvents(tx, { uids: [...new Set(instances.map(({ uid }) => uid))] });
  const byUid = Map.groupBy(found, ({ uid }) => uid);
  return instances.map(({ uid, recurrenceId }) =>
    (byUid.get(uid) ?? [])
      .filter((task) => task.recurrenceId === null || task.recurrenceId === recurrenceId)
      .map(({ id, title, role }) => ({ id, title, role })),
  );
}
