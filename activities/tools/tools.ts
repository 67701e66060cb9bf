import { StewardError } from '../../src/contract/errors.ts';
import { toStewardError } from '../../src/db/errors.ts';
import type { ActivityDeps } from '../deps.ts';
import { finishStep, startStep, writeChanges } from '../records/project-changes.ts';
import type { LockedRun } from '../records/project-changes.ts';
import { digestOf } from '../support/digest.ts';
import { assertNotCancelled, currentAttempt, epochOf, stepEffectKey } from '../support/effect-key.ts';
import { guarded } from '../support/errors.ts';
import { cut } from '../support/facts/limits.ts';
import { asJson } from '../support/json-value.ts';
import { once } from '../support/once.ts';
import { inSavepoint } from '../support/transaction.ts';
import type { Tx } from '../support/transaction.ts';
import type { ToolActivities, ToolOutcome, UseToolParams } from './api.ts';
import { checkCall } from './registry.ts';
import type { ToolContext } from './tool.ts';
import { appendMessage, findCall } from './transcript.ts';

const resultChars = 20_000;
const summaryChars = 200;
const charsPerToken = 4;

type Result = { readonly ok: boolean; readonly content: string };

// Every failure is told to the model, but a database that is away: that one is Temporal's to wait for.
function failure(error: unknown): Result {
  const known = toStewardError(error);
  if (known instanceof StewardError && known.code === 'unavailable') throw known;
  return { ok: false, content: `The call failed: ${known instanceof Error ? known.message : String(known)}` };
}

async function runCall(context: ToolContext, params: UseToolParams): Promise<Result> {
  const { call } = await findCall(context.tx, params, params.callId);
  if (call === null) throw new StewardError('not_found', `There is no call ${params.callId} in the transcript.`);
  if (params.verdict === 'denied')
    return { ok: false, content: 'The person did not allow this call. Go on without it.' };
  const checked = checkCall(params.granted, call);
  if (!checked.ok) return { ok: false, content: checked.refusal };
  try {
    const value = await inSavepoint(context.tx, async () => await checked.run(context));
    return { ok: true, content: cut(JSON.stringify(value), resultChars) ?? '' };
  } catch (error) {
    return failure(error);
  }
}

async function record(
  tx: Tx,
  run: LockedRun,
  { params, result, at }: { readonly params: UseToolParams; readonly result: Result; readonly at: string },
): Promise<ToolOutcome> {
  const { ok, content } = result;
  const { answered } = await findCall(tx, params, params.callId);
  const message = { role: 'tool', content, toolCallId: params.callId } as const;
  if (!answered) await appendMessage(tx, params, { message, tokens: Math.ceil(content.length / charsPerToken) });
  const outcome = { ok, summary: cut(content, summaryChars) ?? '', resultDigest: digestOf(content) };
  const error = ok ? null : outcome.summary;
  await finishStep(tx, run, {
    step: params.step,
    status: ok ? 'completed' : 'failed',
    output: asJson(outcome),
    reasoning: null,
    cost: null,
    error,
    at,
  });
  return outcome;
}

/** One transaction: the call, what it wrote, its result in the transcript, and the effect done. */
async function useTool(deps: ActivityDeps, params: UseToolParams): Promise<ToolOutcome> {
  const { run: ref, step, loop, callId } = params;
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, params);
    const key = stepEffectKey(ref.runId, {
      step,
      epoch: epochOf(run.epochs, step.number),
      name: `tool:${loop}:${callId}`,
    });
    const requestHash = digestOf({ loop, callId, verdict: params.verdict });
    const { runId, userId } = ref;
    const claim = {
      key,
      runId,
      userId,
      stepNumber: step.number,
      name: `tool:${step.name}`,
      requestHash,
      attempt: currentAttempt(),
    };
    return once(tx, claim, async () => {
      const now = deps.now();
      const at = now.toISOString();
      await startStep(tx, run, { step, input: { loop, callId, verdict: params.verdict }, at });
      const result = await runCall({ tx, userId, runId, now, key }, params);
      return record(tx, run, { params, result, at });
    });
  });
}

export function createToolActivities(deps: ActivityDeps): ToolActivities {
  return { useTool: guarded(async (params) => await useTool(deps, params)) };
}
