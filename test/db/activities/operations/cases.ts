import { randomUUID } from 'node:crypto';
import type { Tx } from '../../../../activities/support/transaction.ts';
import type { Operation, OperationKind } from '../../../../src/contract/proposal.ts';
import type { Ground } from './ground.ts';

/** One kind: what is proposed, and how somebody else changes or removes what it is about. */
export type Case = {
  readonly kind: OperationKind;
  readonly operation: (ground: Ground) => Operation;
  /** A change between proposal and apply: the operation fails, and says so. */
  readonly meddle?: (tx: Tx, ground: Ground, userId: string) => Promise<unknown>;
  /** A change between apply and undo: the operation is kept. The same as `meddle` where left out. */
  readonly later?: (tx: Tx, ground: Ground, userId: string) => Promise<unknown>;
  /** Takes the target away: the operation fails. */
  readonly remove?: (tx: Tx, ground: Ground) => Promise<unknown>;
};

const base = { id: 'one', title: 'Do it', reason: 'It is time.', requires: [] };
const fresh = { noteId: randomUUID(), dumpId: randomUUID(), briefId: randomUUID() };

async function renameTask(tx: Tx, id: string, title: string) {
  return await tx.updateTable('tasks').set({ title }).where('id', '=', id).execute();
}

async function renameNote(tx: Tx, id: string, title: string) {
  return await tx.updateTable('notes').set({ title }).where('id', '=', id).execute();
}

async function renamePhase(tx: Tx, id: string, name: string) {
  return await tx.updateTable('phases').set({ name }).where('id', '=', id).execute();
}

async function drop(tx: Tx, table: 'projects' | 'phases' | 'notes' | 'brain_dumps', id: string) {
  return await tx.deleteFrom(table).where('id', '=', id).execute();
}

async function dropTask(tx: Tx, id: string) {
  return await tx.updateTable('tasks').set({ deleted_at: new Date() }).where('id', '=', id).execute();
}

export const taskCases: readonly Case[] = [
  {
    kind: 'set_task_status',
    operation: ({ taskIds: [taskId] }) => {
      return { ...base, kind: 'set_task_status', payload: { taskId, status: 'in_progress', why: 'Begun.' } };
    },
    meddle: (tx, { taskIds: [id] }) =>
      tx.updateTable('tasks').set({ status: 'completed' }).where('id', '=', id).execute(),
    remove: (tx, { taskIds: [id] }) => dropTask(tx, id),
  },
  {
    kind: 'move_task',
    operation: ({ taskIds: [, , taskId], otherProjectId: projectId, otherPhaseId: phaseId }) => {
      const payload = { taskId, projectId, phaseId, order: 4, parentTaskId: null };
      return { ...base, kind: 'move_task', payload };
    },
    meddle: (tx, { taskIds: [, , id] }) =>
      tx.updateTable('tasks').set({ project_id: null }).where('id', '=', id).execute(),
    remove: (tx, { otherPhaseId }) => drop(tx, 'phases', otherPhaseId),
  },
  {
    kind: 'merge_tasks',
    operation: ({ taskIds: [keepId, merged] }) => {
      return { ...base, kind: 'merge_tasks', payload: { keepId, mergedIds: [merged], changes: { priority: 'high' } } };
    },
    meddle: (tx, { taskIds: [, id] }) => renameTask(tx, id, 'Dig elsewhere'),
    later: (tx, { taskIds: [keep], dumpId }, userId) =>
      tx.insertInto('brain_dump_links').values({ user_id: userId, brain_dump_id: dumpId, task_id: keep }).execute(),
    remove: (tx, { taskIds: [, id] }) => dropTask(tx, id),
  },
  {
    kind: 'remove_dependency',
    operation: ({ taskIds: [, dependsOnId, , taskId] }) => {
      return { ...base, kind: 'remove_dependency', payload: { taskId, dependsOnId, why: 'Not so.' } };
    },
    meddle: (tx, { taskIds: [, needs, , id] }) =>
      tx
        .updateTable('task_dependencies')
        .set({ kind: 'soft' })
        .where('task_id', '=', id)
        .where('depends_on_id', '=', needs)
        .execute(),
    later: (tx, { taskIds: [, needs, , id] }, userId) =>
      tx.insertInto('task_dependencies').values({ user_id: userId, task_id: id, depends_on_id: needs }).execute(),
  },
  {
    kind: 'link_event',
    operation: ({ taskIds: [taskId] }) => {
      const payload = { eventUid: 'meeting@work', recurrenceId: null, taskId, role: 'follow_up' as const };
      return { ...base, kind: 'link_event', payload };
    },
    remove: (tx, { taskIds: [id] }) => tx.deleteFrom('tasks').where('id', '=', id).execute(),
  },
  {
    kind: 'update_phase',
    operation: ({ phaseId }) => {
      return {
        ...base,
        kind: 'update_phase',
        payload: { phaseId, changes: { name: 'Spring', startDate: '2026-03-05' } },
      };
    },
    meddle: (tx, { phaseId }) => renamePhase(tx, phaseId, 'Winter'),
    remove: (tx, { phaseId }) => drop(tx, 'phases', phaseId),
  },
  {
    kind: 'delete_phase',
    operation: ({ emptyPhaseId: phaseId }) => ({ ...base, kind: 'delete_phase', payload: { phaseId } }),
    meddle: (tx, { emptyPhaseId }) => renamePhase(tx, emptyPhaseId, 'Something'),
    later: (tx, { projectId }) => drop(tx, 'projects', projectId),
    remove: (tx, { emptyPhaseId }) => drop(tx, 'phases', emptyPhaseId),
  },
  {
    kind: 'update_project',
    operation: ({ projectId }) => {
      const changes = { name: 'Orchard', context: 'Apples', status: 'on_hold' as const, tags: ['new', 'green'] };
      return { ...base, kind: 'update_project', payload: { projectId, changes } };
    },
    meddle: (tx, { projectId }) =>
      tx
        .updateTable('projects')
        .set({ tags: ['mine'] })
        .where('id', '=', projectId)
        .execute(),
    remove: (tx, { projectId }) => drop(tx, 'projects', projectId),
  },
];

export const knowledgeCases: readonly Case[] = [
  {
    kind: 'create_note',
    operation: ({ projectId }) => {
      const text = { title: 'Beds', content: 'Three.', category: null, tags: ['soil'] };
      return { ...base, kind: 'create_note', payload: { noteId: fresh.noteId, projectId, ...text } };
    },
    later: (tx) => renameNote(tx, fresh.noteId, 'My beds'),
    remove: (tx, { projectId }) => drop(tx, 'projects', projectId),
  },
  {
    kind: 'update_note',
    operation: ({ noteId }) => {
      const changes = { title: 'Ground', content: 'Clay.\n\nAnd sand.', tags: ['soil'] };
      return { ...base, kind: 'update_note', payload: { noteId, changes } };
    },
    meddle: (tx, { noteId }) => renameNote(tx, noteId, 'Sand'),
    remove: (tx, { noteId }) => drop(tx, 'notes', noteId),
  },
  {
    kind: 'create_brain_dump',
    operation: ({ projectId }) => {
      const payload = { brainDumpId: fresh.dumpId, contentFrom: 'input' as const, title: 'Garden', projectId };
      return { ...base, kind: 'create_brain_dump', payload };
    },
    later: (tx) => tx.updateTable('brain_dumps').set({ content: 'Mine' }).where('id', '=', fresh.dumpId).execute(),
    remove: (tx, { projectId }) => drop(tx, 'projects', projectId),
  },
  {
    kind: 'update_brain_dump',
    operation: ({ dumpId: brainDumpId, projectId }) => {
      const parsedResults = { tasks: [{ title: 'Dig', done: false }], zebra: 1, a: null };
      const changes = { status: 'completed' as const, aiSummary: 'To dig.', parsedResults, projectId };
      return { ...base, kind: 'update_brain_dump', payload: { brainDumpId, changes } };
    },
    meddle: (tx, { dumpId }) =>
      tx.updateTable('brain_dumps').set({ ai_summary: 'Mine' }).where('id', '=', dumpId).execute(),
    remove: (tx, { dumpId }) => drop(tx, 'brain_dumps', dumpId),
  },
  {
    kind: 'link_brain_dump',
    operation: ({ dumpId: brainDumpId, noteId }) => {
      return { ...base, kind: 'link_brain_dump', payload: { brainDumpId, noteId } };
    },
    remove: (tx, { noteId }) => drop(tx, 'notes', noteId),
  },
  {
    kind: 'update_user_context',
    operation: () => {
      const changes = { workStyle: 'Mornings', extra: { pets: ['cat'], city: 'Ghent' } };
      return { ...base, kind: 'update_user_context', payload: { changes } };
    },
    meddle: (tx, _ground, userId) =>
      tx
        .insertInto('user_context')
        .values({ user_id: userId, work_style: 'Nights' })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ work_style: 'Nights' }))
        .execute(),
  },
  {
    kind: 'save_daily_brief',
    operation: ({ projectId }) => {
      const text = {
        content: '# Today',
        insights: 'Dry.',
        priorityActions: ['Dig'],
        taskCount: 1,
        projectBriefs: [{ projectId, content: 'Dig.' }],
      };
      const payload = { briefId: fresh.briefId, briefDate: '2026-03-02', timeZone: 'Europe/Brussels', ...text };
      return { ...base, kind: 'save_daily_brief', payload };
    },
    later: (tx, _ground, userId) =>
      tx.updateTable('daily_briefs').set({ content: 'Mine' }).where('user_id', '=', userId).execute(),
  },
];

const mine = { start: '2099-04-01T09:00:00.000Z', end: '2099-04-01T10:00:00.000Z', timeZone: 'Europe/Brussels' };

async function touchEvent(tx: Tx, uid: string) {
  return await tx.updateTable('calendar_events').set({ title: 'Mine', etag: null }).where('uid', '=', uid).execute();
}

async function dropEvent(tx: Tx, uid: string) {
  return await tx.updateTable('calendar_events').set({ deleted_at: new Date() }).where('uid', '=', uid).execute();
}

export const calendarCases: readonly Case[] = [
  {
    kind: 'move_event',
    operation: ({ eventUid }) => ({ ...base, kind: 'move_event', payload: { eventUid, ...mine } }),
    meddle: (tx, { eventUid }) => touchEvent(tx, eventUid),
    remove: (tx, { eventUid }) => dropEvent(tx, eventUid),
  },
  {
    kind: 'cancel_event',
    operation: ({ eventUid }) => ({ ...base, kind: 'cancel_event', payload: { eventUid, why: 'No need.' } }),
    meddle: (tx, { eventUid }) => touchEvent(tx, eventUid),
    remove: (tx, { eventUid }) => dropEvent(tx, eventUid),
  },
];
