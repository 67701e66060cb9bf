import { finishEffect } from '../../src/db/effects.ts';
import type { ClaimEffect } from '../../src/db/effects.ts';
import { withoutNul } from '../../src/contract/storable.ts';
import { finishStep } from '../records/project-changes.ts';
import type { LockedRun } from '../records/project-changes.ts';
import { estimateTokens } from '../../src/models/calls/estimate-tokens.ts';
import { digestOf } from '../support/digest.ts';
import { cut } from '../support/facts/limits.ts';
import { asJson } from '../support/json-value.ts';
import type { Tx } from '../support/transaction.ts';
import type { ToolOutcome, UseToolParams } from './api.ts';
import { appendMessage, findCall, replaceResult } from './transcript.ts';

/** What the model is told of a call. */
export type Result = { readonly ok: boolean; readonly content: string };

export const resultChars = 20_000;
const summaryChars = 200;

/** What is told when a write was sent and its answer never came: the same text however often it is told. */
export function unknownResult(tool: string): Result {
  return {
    ok: false,
    content: `Nobody knows whether the call of ${tool} happened: it was sent and its answer was lost. It is not sent again by itself. Look first whether it took effect before you call it again.`,
  };
}

/** Appends a call's result to the transcript, once, and ends its step. */
export async function recordResult(
  tx: Tx,
  run: LockedRun,
  { params, result, at }: { readonly params: UseToolParams; readonly result: Result; readonly at: string },
): Promise<ToolOutcome> {
  const { ok } = result;
  // Servers of others may say anything, and a step must not fail for what no column keeps.
  const content = withoutNul(result.content).toWellFormed();
  const { answered } = await findCall(tx, params, params.callId);
  const message = { role: 'tool', content, toolCallId: params.callId } as const;
  const entry = { message, tokens: estimateTokens(content) };
  await (answered ? replaceResult(tx, params, entry) : appendMessage(tx, params, entry));
  const outcome = { ok, summary: cut(content, summaryChars) ?? '', resultDigest: digestOf(content) };
  const error = ok ? null : outcome.summary;
  await finishStep(tx, run, {
    step: params.step,
    status: ok ? 'completed' : 'failed',
    output: asJson(outcome),
    // What the call brought is what the decision history can say of it; a failure is the step's error.
    reasoning: ok ? outcome.summary : null,
    cost: null,
    error,
    at,
  });
  return outcome;
}

export type Ending = {
  readonly params: UseToolParams;
  readonly claim: ClaimEffect;
  readonly result: Result;
  readonly status: 'done' | 'unknown';
  readonly at: string;
};

/** Records a result and ends its effect. Throws `stale_attempt` to an attempt that a later one has taken over from. */
export async function endCall(tx: Tx, run: LockedRun, ending: Ending): Promise<ToolOutcome> {
  const { claim, status } = ending;
  const outcome = await recordResult(tx, run, ending);
  const result = asJson(outcome);
  await finishEffect(tx, { key: claim.key, attempt: claim.attempt, status, result });
  return outcome;
}
