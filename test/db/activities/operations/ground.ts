import { randomUUID } from 'node:crypto';
import type { Tx } from '../../../../activities/support/transaction.ts';
import { createEvent } from '../../../../src/calendar/local/events.ts';

/** What a person has before anything is proposed. Ids are new each time. */
export type Ground = {
  readonly projectId: string;
  readonly otherProjectId: string;
  readonly phaseId: string;
  readonly emptyPhaseId: string;
  readonly otherPhaseId: string;
  readonly taskIds: readonly [string, string, string, string, string];
  readonly noteId: string;
  readonly dumpId: string;
  readonly eventUid: string;
};

const dates = { start_date: '2026-03-02T00:00:00.000Z', end_date: '2026-04-01T00:00:00.000Z' };

async function addTasks(tx: Tx, userId: string, ground: Ground): Promise<void> {
  const [one, two, three, four, five] = ground.taskIds;
  const base = { user_id: userId, project_id: ground.projectId };
  for (const [id, title, parent] of [
    [one, 'Dig', null],
    [two, 'Dig the bed', null],
    [three, 'Buy seeds', two],
    [four, 'Sow', null],
    [five, 'Water', null],
  ] as const)
    await tx
      .insertInto('tasks')
      .values({ ...base, id, title, parent_task_id: parent, details: id === two ? 'Deep.' : null })
      .execute();
  for (const [task, needs, kind] of [
    [four, two, 'hard'],
    [four, one, 'soft'],
    [two, five, 'hard'],
  ] as const)
    await tx
      .insertInto('task_dependencies')
      .values({ user_id: userId, task_id: task, depends_on_id: needs, kind, reason: 'Order.' })
      .execute();
  for (const [order, task] of [one, two, four].entries())
    await tx
      .insertInto('phase_tasks')
      .values({ user_id: userId, phase_id: ground.phaseId, task_id: task, order })
      .execute();
  await tx
    .insertInto('brain_dump_links')
    .values({ user_id: userId, brain_dump_id: ground.dumpId, task_id: two })
    .execute();
  await tx
    .insertInto('task_event_links')
    .values({ user_id: userId, task_id: two, event_uid: 'meeting@work', role: 'preparation' })
    .execute();
}

async function addCalendar(tx: Tx, userId: string, ground: Ground): Promise<string> {
  const times = { start: '2099-03-03T09:00:00.000Z', end: '2099-03-03T10:00:00.000Z', timeZone: 'UTC' };
  const event = { userId, eventId: randomUUID(), title: 'Dig', ...times, description: null, runId: null };
  return (await createEvent(tx, { ...event, taskId: ground.taskIds[1] })).uid;
}

/** A project with phases and tasks that hang together in every way, a note, a brain dump, and a block in the calendar. */
export async function newGround(tx: Tx, userId: string): Promise<Ground> {
  const id = (): string => randomUUID();
  const ids = { projectId: id(), otherProjectId: id(), phaseId: id(), emptyPhaseId: id(), otherPhaseId: id() };
  const records = { noteId: id(), dumpId: id() };
  const ground: Ground = { ...ids, ...records, taskIds: [id(), id(), id(), id(), id()], eventUid: '' };
  for (const [projectId, name] of [
    [ids.projectId, 'Garden'],
    [ids.otherProjectId, 'House'],
  ] as const)
    await tx
      .insertInto('projects')
      .values({ id: projectId, user_id: userId, name, tags: ['old'] })
      .execute();
  for (const [phaseId, projectId, name] of [
    [ids.phaseId, ids.projectId, 'Digging'],
    [ids.emptyPhaseId, ids.projectId, 'Nothing'],
    [ids.otherPhaseId, ids.otherProjectId, 'Walls'],
  ] as const)
    await tx
      .insertInto('phases')
      .values({ id: phaseId, user_id: userId, project_id: projectId, name, order: 1, ...dates })
      .execute();
  await tx
    .insertInto('notes')
    .values({ id: records.noteId, user_id: userId, title: 'Soil', content: 'Clay.' })
    .execute();
  await tx.insertInto('brain_dumps').values({ id: records.dumpId, user_id: userId, content: 'Dig!' }).execute();
  await addTasks(tx, userId, ground);
  return { ...ground, eventUid: await addCalendar(tx, userId, ground) };
}
