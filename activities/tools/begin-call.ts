import { StewardError } from '../../src/contract/errors.ts';
import { everySource } from '../../src/contract/facts/source-facts.ts';
import type { ToolCall } from '../../src/models/model-service.ts';
import { claimEffect } from '../../src/db/effects.ts';
import type { ClaimEffect, EffectClaim } from '../../src/db/effects.ts';
import { toStewardError } from '../../src/db/errors.ts';
import type { ActivityDeps } from '../deps.ts';
import { startStep, writeChanges } from '../records/project-changes.ts';
import type { LockedRun } from '../records/project-changes.ts';
import { digestOf } from '../support/digest.ts';
import { assertNotCancelled, epochOf, stepEffectKey, stepFence } from '../support/effect-key.ts';
import { cut } from '../support/facts/limits.ts';
import { inSavepoint } from '../support/transaction.ts';
import type { Tx } from '../support/transaction.ts';
import type { ToolOutcome, UseToolParams } from './api.ts';
import { endCall, recordResult, resultChars, unknownResult } from './record-result.ts';
import type { Result } from './record-result.ts';
import type { ToolContext } from './tool.ts';
import type { CheckedCall, Toolbox } from './toolbox.ts';
import { findCall } from './transcript.ts';

type OutsideCall = Extract<CheckedCall, { readonly kind: 'outside' }>;
type Plan = Exclude<CheckedCall, { readonly kind: 'refused' }> | { readonly kind: 'told'; readonly result: Result };

export type Begun =
  | { readonly kind: 'finished'; readonly outcome: ToolOutcome }
  | { readonly kind: 'outside'; readonly checked: OutsideCall; readonly claim: ClaimEffect };

function told(content: string): Plan {
  return { kind: 'told', result: { ok: false, content } };
}

const consent = 'The person did not allow this call. Go on without it.';

// What was refused or allowed when the model asked may be different by now: only what is allowed on both occasions runs.
function planCall(checked: CheckedCall, verdict: UseToolParams['verdict']): Plan {
  if (verdict === 'denied') return told(consent);
  if (checked.kind === 'refused') return told(checked.refusal);
  const { name, policy } = checked.tool;
  if (policy === 'deny') return told(consent);
  if (verdict === 'refused')
    return told(`The tool ${name} was not there when it was called. It is now: call it again.`);
  if (policy === 'confirm' && verdict !== 'allowed')
    return told(`The tool ${name} needs the person's consent by now: call it again, and they are asked.`);
  return checked;
}

// Every failure is told to the model, but a database that is away: that one is Temporal's to wait for.
function failure(error: unknown): Result {
  const known = toStewardError(error);
  if (known instanceof StewardError && known.code === 'unavailable') throw known;
  return { ok: false, content: `The call failed: ${known instanceof Error ? known.message : String(known)}` };
}

async function runInside(
  context: ToolContext,
  { run }: Extract<CheckedCall, { readonly kind: 'inside' }>,
): Promise<Result> {
  try {
    const value = await inSavepoint(context.tx, async () => await run(context));
    return { ok: true, content: cut(JSON.stringify(value), resultChars) ?? '' };
  } catch (error) {
    return failure(error);
  }
}

function claimOf(run: LockedRun, { step, loop, callId, verdict }: UseToolParams): ClaimEffect {
  const { runId, userId } = run.ref;
  const epoch = epochOf(run.epochs, step.number);
  return {
    key: stepEffectKey(runId, { step, epoch, name: `tool:${loop}:${callId}` }),
    runId,
    userId,
    stepNumber: step.number,
    name: `tool:${step.name}`,
    requestHash: digestOf({ loop, callId, verdict }),
    attempt: stepFence(step),
  };
}

async function claimCall(tx: Tx, claim: ClaimEffect): Promise<EffectClaim | { readonly kind: 'unknown' }> {
  try {
    return await claimEffect(tx, claim);
  } catch (error) {
    if (error instanceof StewardError && error.code === 'unknown_outcome') return { kind: 'unknown' };
    throw error;
  }
}

async function askedCall(tx: Tx, params: UseToolParams): Promise<ToolCall> {
  const { call } = await findCall(tx, params, params.callId);
  if (call === null) throw new StewardError('not_found', `There is no call ${params.callId} in the transcript.`);
  return call;
}

/**
 * Claims a call and does all of it that is a matter of the database, in this one transaction; a call to the outside is
 * only claimed. An earlier attempt that claimed one and was lost may have made it: a read is made again, a write is told
 * to the model as unknown.
 */
export async function beginCall(
  deps: ActivityDeps,
  tx: Tx,
  { params, toolbox }: { readonly params: UseToolParams; readonly toolbox: Toolbox },
): Promise<Begun> {
  const run = await writeChanges(tx, params);
  const claim = claimOf(run, params);
  const claimed = await claimCall(tx, claim);
  // The key names what its result is: only this same work stores a result under it.
  if (claimed.kind === 'done') return { kind: 'finished', outcome: claimed.result as unknown as ToolOutcome };
  const now = deps.now();
  const at = now.toISOString();
  const { step, loop, callId, verdict } = params;
  const unknown = unknownResult(step.name);
  if (claimed.kind === 'unknown')
    return { kind: 'finished', outcome: await recordResult(tx, run, { params, result: unknown, at }) };
  await startStep(tx, run, { step, input: { loop, callId, verdict }, at });
  const plan = planCall(toolbox.check(await askedCall(tx, params)), verdict);
  const finished = async (result: Result, status: 'done' | 'unknown' = 'done'): Promise<Begun> => {
    // All is done and nothing is committed: a worker that was stopped meanwhile must not commit.
    assertNotCancelled();
    return { kind: 'finished', outcome: await endCall(tx, run, { params, claim, result, status, at }) };
  };
  const again = plan.kind === 'outside' && plan.tool.access === 'read';
  if (claimed.previous === 'started' && !again) return await finished(unknown, 'unknown');
  if (plan.kind === 'outside') return { kind: 'outside', checked: plan, claim };
  if (plan.kind === 'told') return await finished(plan.result);
  const { runId, userId } = run.ref;
  const of = { run: params.run, loop };
  const { scope = everySource } = params;
  return await finished(await runInside({ tx, userId, runId, loop: of, scope, now, key: claim.key }, plan));
}
