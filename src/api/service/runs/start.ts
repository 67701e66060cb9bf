import { v7 as uuidV7 } from 'uuid';
import { defaultLimits } from '../../../contract/budget.ts';
import type { BudgetLimits } from '../../../contract/budget.ts';
import { invalidInput } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/errors.ts';
import type { BudgetSnapshot } from '../../../contract/events.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { finishedStatuses } from '../../../contract/run.ts';
import { enqueue } from '../../../db/outbox.ts';
import { appendEvents } from '../../../db/run-events.ts';
import { json } from '../../../db/values.ts';
import { startKind } from '../../../dispatcher/deliver.ts';
import { workflowIdOf } from '../../../dispatcher/start-workflow.ts';
import type { RunStart } from '../../../dispatcher/start-workflow.ts';
import { budgetInput, commonOptions } from '../../../schemas/common-input.ts';
import type { MessageOptions, StartedRun, StartRun } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { callerName, requireScope } from '../scopes.ts';
import { checkStart, findContract } from './check-start.ts';
import { dispatchNow } from './dispatch-now.ts';
import { findRun, isUndelivered } from './find.ts';
import type { Tx } from './find.ts';
import { runView } from './views.ts';
import type { RunRow } from './views.ts';

const middlePriority = 5;
// The dispatcher leaves a new row to whoever made it for as long as that one tries.
const ownAttemptMs = 1_200;

type GivenLimits = { readonly [K in keyof BudgetLimits]?: BudgetLimits[K] | undefined };

/** The limits that were given, without those that were left out. */
function definedLimits(given: GivenLimits): Partial<BudgetLimits> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** The budget as it stands before the first step: the defaults, then the options' limits, then the budget's own. */
function openingBudget(request: StartRun): BudgetSnapshot {
  const { maxCost, maxSteps } = commonOptions.loose().parse(request.options ?? {});
  const given = definedLimits(budgetInput.parse(request.budget ?? {}));
  const limits = {
    ...defaultLimits,
    ...(maxCost === undefined ? {} : { maxCostUsd: maxCost }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...given,
  };
  return { limits, spentUsd: 0, spentTokens: 0, unknownUsd: 0, steps: 0, reservedUsd: 0 };
}

function idIn(input: JsonObject, key: string): string | null {
  const value = input[key];
  return typeof value === 'string' ? value : null;
}

/** Refuses a project or task that the caller does not have; a task's project is the run's. */
async function findProject(tx: Tx, input: JsonObject): Promise<string | null> {
  const projectId = idIn(input, 'projectId');
  const taskId = idIn(input, 'taskId');
  const problems: Problem[] = [];
  const project =
    projectId === null
      ? undefined
      : await tx.selectFrom('projects').select('id').where('id', '=', projectId).executeTakeFirst();
  if (projectId !== null && project === undefined)
    problems.push({ path: 'input.projectId', message: `there is no project ${projectId}` });
  const task =
    taskId === null
      ? undefined
      : await tx
          .selectFrom('tasks')
          .select('project_id')
          .where('id', '=', taskId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
  if (taskId !== null && task === undefined)
    problems.push({ path: 'input.taskId', message: `there is no task ${taskId}` });
  if (problems.length > 0) throw invalidInput(problems);
  return project?.id ?? task?.project_id ?? null;
}

type Start = StartRun & MessageOptions;
type NewRun = { readonly request: Start; readonly name: string; readonly contractVersion: number };

async function insertRun(tx: Tx, context: CallContext, made: NewRun): Promise<RunRow | undefined> {
  const { request, name, contractVersion } = made;
  const id = uuidV7();
  return await tx
    .insertInto('agentic_workflows')
    .values({
      id,
      user_id: context.caller.userId,
      workflow_type: request.type,
      status: 'queued',
      name,
      input: json(request.input),
      options: json(request.options ?? {}),
      budget: json(openingBudget(request)),
      priority: request.priority ?? middlePriority,
      project_id: await findProject(tx, request.input),
      scheduled_for: request.startAt === undefined ? null : new Date(request.startAt),
      dedup_key: request.dedupKey?.trim() ?? null,
      start_key: request.messageId ?? null,
      workflow_id: workflowIdOf(id),
      contract_version: contractVersion,
      started_by: callerName(context.caller),
      created_at: context.now(),
    })
    // A fresh id clashes only with the index that keeps live runs of a dedup key single, or with that of start keys.
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** The run that an insert clashed with: started by this very request, or alive under its dedup key. */
async function findEarlier(tx: Tx, request: Start): Promise<RunRow> {
  const same =
    request.messageId === undefined
      ? undefined
      : await tx
          .selectFrom('agentic_workflows')
          .selectAll()
          .where('start_key', '=', request.messageId)
          .executeTakeFirst();
  if (same !== undefined) return same;
  return await tx
    .selectFrom('agentic_workflows')
    .selectAll()
    .where('workflow_type', '=', request.type)
    .where('dedup_key', '=', request.dedupKey?.trim() ?? '')
    .where('status', 'not in', finishedStatuses)
    .executeTakeFirstOrThrow();
}

function startOf(row: RunRow): RunStart {
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

type Created = { readonly row: RunRow; readonly created: boolean; readonly undelivered: boolean };

/** Run row, first event and outbox row: all or nothing. */
async function createRun(context: CallContext, made: NewRun): Promise<Created> {
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => {
    const row = await insertRun(tx, context, made);
    if (row === undefined) {
      const earlier = await findEarlier(tx, made.request);
      return { row: earlier, created: false, undelivered: await isUndelivered(tx, earlier.id) };
    }
    const data = { type: row.workflow_type, name: row.name, startAt: row.scheduled_for, by: row.started_by };
    await appendEvents(tx, {
      runId: row.id,
      userId,
      events: [{ changeKey: 'created', type: 'run.created', data, at: row.created_at }],
    });
    const notBefore = new Date(Date.now() + ownAttemptMs).toISOString();
    await enqueue(tx, { runId: row.id, userId, kind: startKind, payload: startOf(row), notBefore });
    return { row, created: true, undelivered: true };
  });
}

/**
 * Creates a run and tries at once to start it. With Temporal away it answers within a second with `started: false`, and
 * the dispatcher starts it later. Throws `unknown_workflow_type` and `invalid_input`, field by field.
 */
export async function startRun(context: CallContext, request: Start): Promise<StartedRun> {
  requireScope(context.caller, 'runs');
  const contract = findContract(context.catalog, request.type);
  const { messageId: _key, ...asked } = request;
  checkStart(contract, asked, context.now());
  const name = request.name?.trim() ?? contract.nameRun(request.input);
  const { row, created, undelivered } = await createRun(context, { request, name, contractVersion: contract.version });
  if (!created) return { run: runView(row), started: !undelivered, created };
  return { run: runView(row), started: await dispatchNow(context, startOf(row)), created };
}

/** A new run with the type, input, options, budget and name of an older one. Throws `not_found`. */
export async function retryRun(
  context: CallContext,
  params: { readonly runId: string } & MessageOptions,
): Promise<StartedRun> {
  requireScope(context.caller, 'runs');
  const old = await context.database.asUser(context.caller.userId, async (tx) => await findRun(tx, params.runId));
  const budget = old.budget === null ? {} : { budget: { ...old.budget.limits } };
  return await startRun(context, {
    type: old.workflow_type,
    input: old.input,
    options: old.options,
    name: old.name,
    priority: old.priority,
    ...budget,
    ...(params.messageId === undefined ? {} : { messageId: params.messageId }),
  });
}
