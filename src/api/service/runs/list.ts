import { sql } from 'kysely';
import { requestKinds } from '../../../contract/request.ts';
import { runStatuses, waitingFilters } from '../../../contract/run.ts';
import type { RunStatus } from '../../../contract/run.ts';
import { invalidInput } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/errors.ts';
import type { RunRecord, RunView, StepView } from '../../../contract/views.ts';
import { beyond } from '../../../db/records/page.ts';
import type { Page, RunFilter } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { requireScope } from '../scopes.ts';
import { findRun } from './find.ts';
import type { Tx } from './find.ts';
import { runRecord, runView, stepView } from './views.ts';
import type { RunRow } from './views.ts';

type Wanted = Omit<RunFilter, 'status'> & { readonly statuses: readonly RunStatus[] };

function checkFilter({ status, ...filter }: RunFilter): Wanted {
  const statuses = status === undefined ? [] : [status].flat();
  const problems: Problem[] = [];
  if (!statuses.every((one) => runStatuses.includes(one)))
    problems.push({ path: 'status', message: `expected one of: ${runStatuses.join(', ')}` });
  for (const path of ['waitingOn', 'notWaitingOn'] as const) {
    const kind = filter[path];
    if (kind !== undefined && !waitingFilters.some((known) => known === kind))
      problems.push({ path, message: `expected one of: ${waitingFilters.join(', ')}` });
  }
  if (problems.length > 0) throw invalidInput(problems);
  return { ...filter, statuses };
}

function kindsOf(filter: string): readonly string[] {
  return filter === 'person' ? requestKinds : [filter];
}

function selectRuns(tx: Tx, { statuses, type, projectId, waitingOn, notWaitingOn }: Wanted) {
  const kind = sql<string>`coalesce(waiting_on->>'kind', '')`;
  let query = tx.selectFrom('agentic_workflows').selectAll();
  if (statuses.length > 0) query = query.where('status', 'in', statuses);
  if (type !== undefined) query = query.where('workflow_type', '=', type);
  // Compared as text: what is no UUID simply has no runs.
  if (projectId !== undefined) query = query.where(sql<string>`project_id::text`, '=', projectId.toLowerCase());
  if (waitingOn !== undefined) query = query.where(kind, 'in', kindsOf(waitingOn));
  if (notWaitingOn !== undefined) query = query.where(kind, 'not in', kindsOf(notWaitingOn));
  return query;
}

async function listBy<View>(context: CallContext, filter: RunFilter, view: (row: RunRow) => View): Promise<Page<View>> {
  requireScope(context.caller, 'runs');
  const wanted = checkFilter(filter);
  const size = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await context.database.asUser(
    context.caller.userId,
    async (tx) =>
      await selectRuns(tx, wanted)
        .where(beyond(after))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
        .execute(),
  );
  return toPage(rows, size, { view, place: (row) => ({ at: row.created_at, id: row.id }) });
}

/** The caller's runs, newest first. */
export async function listRuns(context: CallContext, filter: RunFilter): Promise<Page<RunView>> {
  return await listBy(context, filter, runView);
}

/** The same with input, options and result of each. */
export async function listRunRecords(context: CallContext, filter: RunFilter): Promise<Page<RunRecord>> {
  return await listBy(context, filter, runRecord);
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
