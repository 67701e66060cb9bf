import { insertRun, startOf } from '../../../runs/insert-run.ts';
import type { MessageOptions, StartedRun, StartRun } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { withField } from '../records/fields.ts';
import { callerName, requireScope } from '../scopes.ts';
import { checkStart, findContract } from './check-start.ts';
import { dispatchNow } from './dispatch-now.ts';
import { findRun, isUndelivered } from './find.ts';
import { runView } from './views.ts';
import type { RunRow } from './views.ts';

const middlePriority = 5;
// The dispatcher leaves a new row to whoever made it for as long as that one tries.
const ownAttemptMs = 1_200;

type Start = StartRun & MessageOptions;
type NewRun = { readonly request: Start; readonly name: string; readonly contractVersion: number };
type Created = { readonly row: RunRow; readonly created: boolean; readonly undelivered: boolean };

/** Run row, first event and outbox row: all or nothing. */
async function createRun(context: CallContext, { request, name, contractVersion }: NewRun): Promise<Created> {
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => {
    const { row, created } = await insertRun(tx, {
      userId,
      type: request.type,
      contractVersion,
      name,
      input: request.input,
      options: request.options ?? {},
      budget: request.budget ?? {},
      priority: request.priority ?? middlePriority,
      maxAttempts: request.maxAttempts ?? 1,
      startAt: request.startAt ?? null,
      dedupKey: request.dedupKey?.trim() ?? null,
      startKey: request.messageId ?? null,
      startedBy: callerName(context.caller),
      createdAt: context.now(),
      deliverAfterMs: ownAttemptMs,
    });
    return { row, created, undelivered: created || (await isUndelivered(tx, row.id)) };
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
  const newRun = { request, name, contractVersion: contract.version };
  const { row, created, undelivered } = await createRun(context, newRun).catch((error: unknown) => {
    throw withField(error);
  });
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
    maxAttempts: old.max_attempts,
    ...budget,
    ...(params.messageId === undefined ? {} : { messageId: params.messageId }),
  });
}
