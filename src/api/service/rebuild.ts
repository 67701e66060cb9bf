import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { defineSearchAttributeKey, WorkflowNotFoundError } from '@temporalio/common';
import type { RunOutcome, RunStatus, WaitingOn } from '../../contract/run.ts';
import type { Database } from '../../db/database.ts';
import { json, jsonOrNull } from '../../db/values.ts';
import { workflowOf } from './runs/find.ts';
import type { Tx } from './runs/find.ts';
import type { RunRow } from './runs/views.ts';
import { wakeActive } from './schedules/wake-active.ts';

export type RebuildDeps = {
  readonly database: Pick<Database, 'asService'>;
  readonly client: Client;
  readonly types: readonly string[];
};
export type RebuildReport = {
  readonly checked: number;
  readonly corrected: readonly string[];
  readonly added: readonly string[];
  readonly lost: readonly string[];
  /** Active schedules whose workflows are looked after. */
  readonly schedules: number;
};

type Truth = {
  readonly status: RunStatus;
  readonly outcome: RunOutcome | null;
  readonly phase: string | null;
  readonly waitingOn: WaitingOn | null;
  readonly closedAt: string | null;
};
type Progress = {
  readonly name: string;
  readonly status: RunStatus;
  readonly phase: string | null;
  readonly waitingOn: WaitingOn | null;
};

const userKey = defineSearchAttributeKey('StewardUser', 'KEYWORD');
const statusKey = defineSearchAttributeKey('StewardStatus', 'KEYWORD');
const phaseKey = defineSearchAttributeKey('StewardPhase', 'KEYWORD');

// A stopped run's workflow completes; the kernel's own last word is in its search attribute.
function closedAs(description: WorkflowExecutionDescription): Pick<Truth, 'status' | 'outcome'> {
  const { name } = description.status;
  if (name === 'COMPLETED') {
    const stopped = description.typedSearchAttributes.get(statusKey) === 'cancelled';
    return stopped ? { status: 'cancelled', outcome: 'stopped' } : { status: 'completed', outcome: 'completed' };
  }
  return name === 'CANCELLED' || name === 'TERMINATED'
    ? { status: 'cancelled', outcome: 'cancelled' }
    : { status: 'failed', outcome: 'failed' };
}

async function readTruth(client: Client, description: WorkflowExecutionDescription): Promise<Truth> {
  const phase = description.typedSearchAttributes.get(phaseKey) ?? null;
  if (description.status.name !== 'RUNNING') {
    return {
      ...closedAs(description),
      phase,
      waitingOn: null,
      closedAt: (description.closeTime ?? new Date()).toISOString(),
    };
  }
  const handle = client.workflow.getHandle(description.workflowId);
  const progress = await client.withDeadline(Date.now() + 10_000, async () => await handle.query<Progress>('progress'));
  return {
    status: progress.status,
    outcome: null,
    phase: progress.phase ?? phase,
    waitingOn: progress.waitingOn,
    closedAt: null,
  };
}

function differs(row: RunRow, truth: Truth): boolean {
  // A finished row says more of its outcome (rejected, stopped) than Temporal does.
  if (row.status !== truth.status || row.waiting_on?.id !== truth.waitingOn?.id) return true;
  return truth.closedAt === null && row.phase !== truth.phase;
}

async function correct(tx: Tx, row: RunRow, truth: Truth): Promise<void> {
  await tx
    .updateTable('agentic_workflows')
    .set({
      status: truth.status,
      outcome: truth.outcome,
      phase: truth.phase,
      waiting_on: jsonOrNull(truth.waitingOn),
      completed_at: truth.closedAt,
    })
    .where('id', '=', row.id)
    .execute();
  if (truth.closedAt === null) return;
  await tx
    .updateTable('run_requests')
    .set({ status: 'withdrawn', closed_at: truth.closedAt })
    .where('run_id', '=', row.id)
    .where('status', '=', 'open')
    .execute();
}

async function describeOrNull(client: Client, workflowId: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Rows that are not finished, against Temporal. Those that Temporal does not know are named: they may still be in the outbox. */
async function checkRows({
  database,
  client,
}: RebuildDeps): Promise<Pick<RebuildReport, 'checked' | 'corrected' | 'lost'>> {
  const rows = await database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflows')
        .selectAll()
        .where('status', 'not in', ['completed', 'failed', 'cancelled'])
        .execute(),
  );
  const corrected: string[] = [];
  const lost: string[] = [];
  for (const row of rows) {
    const description = await describeOrNull(client, workflowOf(row));
    if (description === null) lost.push(row.id);
    else {
      const truth = await readTruth(client, description);
      if (!differs(row, truth)) continue;
      await database.asService(async (tx) => await correct(tx, row, truth));
      corrected.push(row.id);
    }
  }
  return { checked: rows.length, corrected, lost };
}

async function addRow(
  tx: Tx,
  runId: string,
  found: { readonly description: WorkflowExecutionDescription; readonly truth: Truth },
): Promise<boolean> {
  const { description, truth } = found;
  const userId = description.typedSearchAttributes.get(userKey);
  if (userId === undefined) return false;
  const row = await tx
    .insertInto('agentic_workflows')
    .values({
      id: runId,
      user_id: userId,
      workflow_type: description.type,
      status: truth.status,
      outcome: truth.outcome,
      phase: truth.phase,
      waiting_on: jsonOrNull(truth.waitingOn),
      name: (await description.staticSummary()) ?? description.workflowId,
      // The input was in the lost row alone.
      input: json({}),
      workflow_id: description.workflowId,
      temporal_run_id: description.runId,
      created_at: description.startTime,
      started_at: description.startTime,
      completed_at: truth.closedAt,
      started_by: 'rebuild',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

const runIdPattern = /^run-([0-9a-f]{8}-[0-9a-f-]{27})$/;

/** Workflows of known types without a row. */
async function addMissing({ database, client, types }: RebuildDeps): Promise<readonly string[]> {
  const added: string[] = [];
  const query = `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')})`;
  for await (const execution of client.workflow.list({ query })) {
    const runId = runIdPattern.exec(execution.workflowId)?.[1];
    if (runId === undefined) continue;
    const known = await database.asService(
      async (tx) => await tx.selectFrom('agentic_workflows').select('id').where('id', '=', runId).executeTakeFirst(),
    );
    const description = known === undefined ? await describeOrNull(client, execution.workflowId) : null;
    if (description === null) continue;
    const truth = await readTruth(client, description);
    if (await database.asService(async (tx) => await addRow(tx, runId, { description, truth }))) added.push(runId);
  }
  return added;
}

/**
 * Makes the rows of runs agree with Temporal, which is the truth about execution: status, phase and what is waited on of
 * every unfinished row, and rows for workflows that have none (without their input, which only the row held). Steps,
 * requests and events are not made anew. Active schedules get their workflows back. `lost` are runs that Temporal does not know. Throws when Temporal is away.
 */
export async function rebuildRuns(deps: RebuildDeps): Promise<RebuildReport> {
  const rows = await checkRows(deps);
  return { ...rows, added: await addMissing(deps), schedules: await wakeActive(deps.database) };
}
