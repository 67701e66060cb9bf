import type { Selectable, Transaction } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { startLimits } from '../contract/budget.ts';
import type { BudgetSnapshot } from '../contract/events.ts';
import type { JsonObject } from '../contract/json.ts';
import { finishedStatuses } from '../contract/run.ts';
import { enqueue } from '../db/outbox.ts';
import { appendEvents } from '../db/runs/run-events.ts';
import type { Tables } from '../db/tables.ts';
import { pastEstimate } from '../db/runs/past-runs.ts';
import { json, jsonOrNull } from '../db/values.ts';
import { budgetInput, commonOptions } from '../schemas/common-input.ts';
import { findProject } from './find-project.ts';
import { startKind, workflowIdOf } from './run-start.ts';
import type { RunStart } from './run-start.ts';

type Tx = Transaction<Tables>;
type RunRow = Selectable<Tables['agentic_workflows']>;

/** A run to be made; its input, options and budget were checked against the type's contract. */
export type NewRun = {
  readonly userId: string;
  readonly type: string;
  readonly contractVersion: number;
  readonly name: string;
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly budget: JsonObject;
  /** 1 is the most urgent, 10 the least. */
  readonly priority: number;
  readonly maxAttempts: number;
  /** ISO 8601, or null for now. */
  readonly startAt: string | null;
  readonly dedupKey: string | null;
  /** The same key again is the same run, whatever has become of it. */
  readonly startKey: string | null;
  readonly startedBy: string;
  readonly createdAt: Date;
  /** How long the dispatcher leaves the start to whoever made it, in ms. */
  readonly deliverAfterMs: number;
};

export type InsertedRun = { readonly row: RunRow; readonly created: boolean };

/** The budget as it stands before the first step. */
function openingBudget({ options, budget }: NewRun): BudgetSnapshot {
  const limits = startLimits(commonOptions.loose().parse(options), budgetInput.parse(budget));
  return { limits, spentUsd: 0, spentTokens: 0, unknownUsd: 0, steps: 0, reservedUsd: 0 };
}

async function insertRow(tx: Tx, run: NewRun): Promise<RunRow | undefined> {
  const id = uuidV7();
  return await tx
    .insertInto('agentic_workflows')
    .values({
      id,
      user_id: run.userId,
      workflow_type: run.type,
      status: 'queued',
      name: run.name,
      input: json(run.input),
      options: json(run.options),
      budget: json(openingBudget(run)),
      priority: run.priority,
      max_attempts: run.maxAttempts,
      project_id: await findProject(tx, run),
      scheduled_for: run.startAt === null ? null : new Date(run.startAt),
      dedup_key: run.dedupKey,
      start_key: run.startKey,
      workflow_id: workflowIdOf(id),
      contract_version: run.contractVersion,
      estimate: jsonOrNull(await pastEstimate(tx, run)),
      started_by: run.startedBy,
      created_at: run.createdAt,
    })
    // A fresh id clashes only with the index that keeps live runs of a dedup key single, or with that of start keys.
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** The run that an insert clashed with: started under this very key, or alive under its dedup key. */
async function findEarlier(tx: Tx, { userId, type, startKey, dedupKey }: NewRun): Promise<RunRow> {
  const mine = tx.selectFrom('agentic_workflows').selectAll().where('user_id', '=', userId);
  const same = startKey === null ? undefined : await mine.where('start_key', '=', startKey).executeTakeFirst();
  if (same !== undefined) return same;
  return await mine
    .where('workflow_type', '=', type)
    .where('dedup_key', '=', dedupKey ?? '')
    .where('status', 'not in', finishedStatuses)
    .executeTakeFirstOrThrow();
}

/** What the dispatcher, or whoever is faster, tells Temporal about a run. */
export function startOf(row: RunRow): RunStart {
  const {
    id,
    user_id: userId,
    workflow_type: type,
    name,
    project_id: projectId,
    priority,
    scheduled_for: startAt,
  } = row;
  return { runId: id, userId, type, name, projectId, priority, startAt };
}

/**
 * Run row, first event and outbox row in the caller's transaction: all or nothing. A start or dedup key that is taken
 * gives the run that has it. Throws `invalid_input` for a project or task that the user does not have.
 */
export async function insertRun(tx: Tx, run: NewRun): Promise<InsertedRun> {
  const row = await insertRow(tx, run);
  if (row === undefined) return { row: await findEarlier(tx, run), created: false };
  const { userId } = run;
  const data = { type: row.workflow_type, name: row.name, startAt: row.scheduled_for, by: row.started_by };
  await appendEvents(tx, {
    runId: row.id,
    userId,
    events: [{ changeKey: 'created', type: 'run.created', data, at: row.created_at }],
  });
  const notBefore = new Date(Date.now() + run.deliverAfterMs).toISOString();
  await enqueue(tx, { runId: row.id, userId, kind: startKind, payload: startOf(row), notBefore });
  return { row, created: true };
}
