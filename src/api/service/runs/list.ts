import { sql } from 'kysely';
import { requestKinds } from '../../../contract/request.ts';
import { runStatuses, waitingFilters } from '../../../contract/run.ts';
import { invalidInput } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/errors.ts';
import type { RunView, StepView } from '../../../contract/views.ts';
import { beyond } from '../../../db/records/page.ts';
import type { Page, RunFilter } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { requireScope } from '../scopes.ts';
import { findRun } from './find.ts';
import { runView, stepView } from './views.ts';

function checkFilter(filter: RunFilter): void {
  const problems: Problem[] = [];
  if (filter.status !== undefined && !runStatuses.includes(filter.status)) {
    problems.push({ path: 'status', message: `expected one of: ${runStatuses.join(', ')}` });
  }
  if (filter.waitingOn !== undefined && !waitingFilters.some((one) => one === filter.waitingOn)) {
    problems.push({ path: 'waitingOn', message: `expected one of: ${waitingFilters.join(', ')}` });
  }
  if (problems.length > 0) throw invalidInput(problems);
}

/** The caller's runs, newest first. */
export async function listRuns(context: CallContext, filter: RunFilter): Promise<Page<RunView>> {
  requireScope(context.caller, 'runs');
  checkFilter(filter);
  const { status, type, projectId, waitingOn, cursor } = filter;
  const size = pageSize(filter.limit);
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await context.database.asUser(context.caller.userId, async (tx) => {
    let query = tx.selectFrom('agentic_workflows').selectAll();
    if (status !== undefined) query = query.where('status', '=', status);
    if (type !== undefined) query = query.where('workflow_type', '=', type);
    // Compared as text: what is no UUID simply has no runs.
    if (projectId !== undefined) query = query.where(sql<string>`project_id::text`, '=', projectId.toLowerCase());
    if (waitingOn !== undefined)
      query = query.where(sql<string>`waiting_on->>'kind'`, 'in', waitingOn === 'person' ? requestKinds : [waitingOn]);
    return await query
      .where(beyond(after))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(size + 1)
      .execute();
  });
  return toPage(rows, size, { view: runView, place: (row) => ({ at: row.created_at, id: row.id }) });
}

/** Steps after a number, in order; the cursor is the last one's number. */
export async function listSteps(
  context: CallContext,
  params: { readonly runId: string; readonly after?: number; readonly limit?: number },
): Promise<Page<StepView>> {
  requireScope(context.caller, 'runs');
  const size = pageSize(params.limit, 500);
  const rows = await context.database.asUser(context.caller.userId, async (tx) => {
    await findRun(tx, params.runId);
    return await tx
      .selectFrom('agentic_workflow_steps')
      .selectAll()
      .where('workflow_id', '=', params.runId)
      .where('step_number', '>', params.after ?? 0)
      .orderBy('step_number')
      .limit(size + 1)
      .execute();
  });
  const items = rows.slice(0, size).map(stepView);
  return { items, nextCursor: rows.length > size ? String(items.at(-1)?.number ?? 0) : null };
}
