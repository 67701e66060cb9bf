import type { OperationContext, OperationExecutor } from '../executor.ts';
import { nothingBefore } from '../executor.ts';
import { removeCreated } from '../remove-created.ts';
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
    const { projectId: id } = operation.payload;
    const added = async (): Promise<string | null> => await addedSince(context, id);
    return await removeCreated(context, { table: 'projects', id, columns, undo, addedSince: added });
  },
};
