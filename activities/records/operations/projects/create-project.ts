import type { OperationContext, OperationExecutor, UndoOutcome } from '../executor.ts';
import { kept, nothingBefore, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';
import { instantOrNull, rowJson } from '../../../support/json-value.ts';

const columns = [
  'name',
  'description',
  'context',
  'executive_summary',
  'status',
  'start_date',
  'end_date',
  'tags',
] as const;

/** What else was put into the project since, or null: deleting it would take or orphan that. */
async function addedSince({ tx }: OperationContext, projectId: string): Promise<string | null> {
  const task = await tx
    .selectFrom('tasks')
    .select('id')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (task !== undefined) return 'It has tasks.';
  const phase = await tx
    .selectFrom('phases')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst();
  if (phase !== undefined) return 'It has phases.';
  const note = await tx
    .selectFrom('notes')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst();
  return note === undefined ? null : 'It has notes.';
}

async function remove(context: OperationContext, projectId: string): Promise<UndoOutcome> {
  const added = await addedSince(context, projectId);
  if (added !== null) return kept(added);
  await context.tx.deleteFrom('projects').where('id', '=', projectId).where('user_id', '=', context.userId).execute();
  return undone;
}

export const createProject: OperationExecutor<'create_project'> = {
  before: nothingBefore,

  async execute({ tx, userId, runId }, { operation }) {
    const { projectId, name, description, executiveSummary, context, startDate, endDate, source, tags } =
      operation.payload;
    const row = await tx
      .insertInto('projects')
      .values({
        id: projectId,
        user_id: userId,
        name,
        description,
        context,
        executive_summary: executiveSummary,
        status: 'active',
        start_date: instantOrNull(startDate),
        end_date: instantOrNull(endDate),
        source: source ?? 'ai_generated',
        tags: tags ?? null,
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    // The run is listed under its project from here on.
    await tx
      .updateTable('agentic_workflows')
      .set({ project_id: projectId })
      .where('id', '=', runId)
      .where('project_id', 'is', null)
      .execute();
    return { result: { projectId }, undo: { fields: rowJson(row) } };
  },

  async undo(context, { operation, undo }) {
    const { projectId } = operation.payload;
    const row = await context.tx
      .selectFrom('projects')
      .select(columns)
      .where('id', '=', projectId)
      .where('user_id', '=', context.userId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return undone;
    const changed = changedFields(objectAt(undo, 'fields'), rowJson(row));
    return changed.length > 0 ? kept(changedReason(changed)) : await remove(context, projectId);
  },
};
