import { StewardError, invalidInput } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { RunRef, StartArgument } from '../../../src/contract/run.ts';
import { findUser } from '../../../src/db/users.ts';
import type { Tx } from '../../support/transaction.ts';
import type { AdmitParams } from '../api.ts';
import { isObject } from '../../support/json-value.ts';

/** What a run was started with: from its row when it was registered before, else from the workflow's argument. */
export type Start = {
  readonly run: RunRef;
  readonly registered: boolean;
  readonly name: string | null;
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly budget: JsonObject;
  readonly maxAttempts: number;
};

const runIdPattern = /^run-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

function runIdOf(params: AdmitParams, argument: StartArgument): string {
  return argument.runId ?? runIdPattern.exec(params.workflowId)?.[1] ?? params.fallbackRunId;
}

// The column keeps the ledger as it stands; a start is about its limits.
function limitsIn(budget: Json): JsonObject {
  if (!isObject(budget)) return {};
  const { limits } = budget;
  return isObject(limits) ? limits : {};
}

async function checkUser(tx: Tx, id: string): Promise<void> {
  if ((await findUser(tx, { id })) === null)
    throw invalidInput([{ path: 'userId', message: 'there is no such user; leave it out for the local user' }]);
}

/** `userId` is whose the run becomes when it was not registered before. */
export type Started = { readonly params: AdmitParams; readonly argument: StartArgument; readonly userId: string };

/** Finds the start of a run. Throws `conflict` when its id belongs to another workflow, `invalid_input` for an unknown user. */
export async function findRun(tx: Tx, started: Started): Promise<Start> {
  const { params, argument, userId } = started;
  const runId = runIdOf(params, argument);
  const row = await tx
    .selectFrom('agentic_workflows')
    .selectAll()
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) {
    await checkUser(tx, userId);
    const { name, input, options, budget, maxAttempts } = argument;
    return {
      run: { runId, userId, type: params.type },
      registered: false,
      name: name ?? null,
      input: input ?? {},
      options: options ?? {},
      budget: budget ?? {},
      maxAttempts: maxAttempts ?? 1,
    };
  }
  if (row.workflow_type !== params.type || (row.workflow_id !== null && row.workflow_id !== params.workflowId)) {
    throw new StewardError('conflict', `Run ${runId} belongs to another workflow.`);
  }
  const run = { runId, userId: row.user_id, type: params.type };
  const budget = row.budget === null ? {} : limitsIn({ limits: row.budget.limits });
  return {
    run,
    registered: true,
    name: row.name === '' ? null : row.name,
    input: row.input,
    options: row.options,
    budget,
    maxAttempts: row.max_attempts,
  };
}
