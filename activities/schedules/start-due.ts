import type { Selectable } from 'kysely';
import { StewardError, invalidInput } from '../../src/contract/errors.ts';
import { insertRun } from '../../src/runs/insert-run.ts';
import type { RunSchedulesTable } from '../../src/db/tables/schedule-tables.ts';
import type { ActivityDeps } from '../deps.ts';
import { checkStart } from '../records/admit/check-start.ts';
import { inSavepoint } from '../support/transaction.ts';
import type { Tx } from '../support/transaction.ts';

export type ScheduleRow = Selectable<RunSchedulesTable>;

/** What became of a start: the run, or why there is none. */
export type Outcome = { readonly runId: string } | { readonly error: string };

type Due = { readonly row: ScheduleRow; readonly at: string };

async function start(tx: Tx, deps: ActivityDeps, { row, at }: Due): Promise<string> {
  const contract = deps.catalog.get(row.workflow_type);
  if (contract === undefined)
    throw new StewardError('unknown_workflow_type', `There is no workflow type "${row.workflow_type}" any more.`);
  const { input, options, budget } = row;
  // The type may have changed since the schedule was made.
  const checked = checkStart(contract, { input, options, budget });
  if (!checked.ok) throw invalidInput(checked.problems);
  const made = await insertRun(tx, {
    userId: row.user_id,
    type: row.workflow_type,
    contractVersion: contract.version,
    name: row.name,
    input,
    options,
    budget,
    priority: row.priority,
    maxAttempts: row.max_attempts,
    startAt: null,
    dedupKey: null,
    startKey: `schedule:${row.id}:${at}`,
    startedBy: `schedule:${row.id}`,
    createdAt: deps.now(),
    deliverAfterMs: 0,
  });
  return made.row.id;
}

/** Starts the run of an instant, once however often it is asked. What speaks against it is told, never thrown. */
export async function startDue(tx: Tx, deps: ActivityDeps, due: Due): Promise<Outcome> {
  try {
    return { runId: await inSavepoint(tx, async () => await start(tx, deps, due)) };
  } catch (error) {
    // Anything else is the database's or the code's, and takes the transaction along.
    if (error instanceof StewardError && error.code !== 'unavailable')
      return { error: `${error.code}: ${error.message}` };
    throw error;
  }
}
