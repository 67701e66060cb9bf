import { Context } from '@temporalio/activity';
import { finishEffect } from '../../src/db/effects.ts';
import { noOutsideTools } from '../../src/tools/tool-source.ts';
import type { OutsideResult } from '../../src/tools/tool-source.ts';
import type { ActivityDeps } from '../deps.ts';
import { writeChanges } from '../records/project-changes.ts';
import { assertNotCancelled } from '../support/effect-key.ts';
import { guarded } from '../support/errors.ts';
import { cut } from '../support/facts/limits.ts';
import type { ToolActivities, ToolOutcome, UseToolParams } from './api.ts';
import { beginCall } from './begin-call.ts';
import type { Begun } from './begin-call.ts';
import { endCall, resultChars, unknownResult } from './record-result.ts';
import type { Result } from './record-result.ts';
import { isOwnTool, openToolbox } from './toolbox.ts';

type Outside = Extract<Begun, { readonly kind: 'outside' }>;

function isUnknown({ checked }: Outside, answer: OutsideResult): boolean {
  return answer.kind === 'lost' && checked.tool.access === 'write';
}

function resultOf(outside: Outside, answer: OutsideResult): Result {
  if (isUnknown(outside, answer)) return unknownResult(outside.checked.tool.name);
  if (answer.kind === 'answered') return { ok: answer.ok, content: cut(answer.content, resultChars) ?? '' };
  return { ok: false, content: `The call failed: ${cut(answer.reason, resultChars) ?? ''}` };
}

// Cancelled meanwhile: nobody waits for a result, but the ledger says what is known. What did not happen may be done again.
async function noteCancelled(deps: ActivityDeps, outside: Outside, answer: OutsideResult): Promise<void> {
  const { key, attempt } = outside.claim;
  const status = isUnknown(outside, answer) ? 'unknown' : 'failed';
  await deps.database.asService(async (tx) => await finishEffect(tx, { key, attempt, status }));
}

async function callOutside(deps: ActivityDeps, params: UseToolParams, outside: Outside): Promise<ToolOutcome> {
  const { checked, claim } = outside;
  const { cancellationSignal } = Context.current();
  assertNotCancelled();
  const answer = await checked.call(cancellationSignal);
  if (cancellationSignal.aborted && answer.kind !== 'answered') {
    await noteCancelled(deps, outside, answer);
    assertNotCancelled();
  }
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, { run: params.run, changes: [] });
    const status = isUnknown(outside, answer) ? 'unknown' : 'done';
    const at = deps.now().toISOString();
    return await endCall(tx, run, { params, claim, result: resultOf(outside, answer), status, at });
  });
}

/**
 * A tool of Steward's own: one transaction holds the call, what it wrote, its result in the transcript, and the effect done.
 * A tool from outside: claimed in one transaction, called outside of any, finished in another.
 */
async function useTool(deps: ActivityDeps, params: UseToolParams): Promise<ToolOutcome> {
  assertNotCancelled();
  // Its own tools need no server to be there, and must not wait for one.
  const source = isOwnTool(params.step.name) ? noOutsideTools : deps.outsideTools;
  const toolbox = await openToolbox(source, params);
  assertNotCancelled();
  const begun = await deps.database.asService(async (tx) => await beginCall(deps, tx, { params, toolbox }));
  return begun.kind === 'finished' ? begun.outcome : await callOutside(deps, params, begun);
}

export function createToolActivities(deps: ActivityDeps): ToolActivities {
  return { useTool: guarded(async (params) => await useTool(deps, params)) };
}
