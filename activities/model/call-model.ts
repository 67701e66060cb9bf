import { StewardError } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import { noCost } from '../../src/contract/step.ts';
import type { CallCost } from '../../src/contract/step.ts';
import type { AnyCall } from '../../src/schemas/workflow-contract.ts';
import { claimEffect } from '../../src/db/effects.ts';
import type { ActivityDeps } from '../deps.ts';
import { startStep, writeChanges } from '../records/project-changes.ts';
import { digestOf } from '../support/digest.ts';
import { assertNotCancelled, epochOf, stepEffectKey } from '../support/effect-key.ts';
import { asJson } from '../support/json-value.ts';
import { gatherFor } from '../support/gather-for.ts';
import type { CallModelParams, CallModelResult } from './api.ts';
import { askCache, askModel, prepareQuestion } from './ask.ts';
import type { Answered, Question } from './ask.ts';
import { fenceOf } from './fence.ts';
import { heartbeating } from './heartbeat.ts';
import { storeAnswer } from './store-answer.ts';
import { costOfEffect, unsettled } from './usage.ts';

/** A step's call, claimed: done by an earlier try, or a question, perhaps with an answer from the cache. */
type Claimed =
  | { readonly done: CallModelResult }
  | {
      readonly done: null;
      readonly effectKey: string;
      readonly facts: FactSheet;
      readonly question: Question;
      readonly cached: Answered | null;
      readonly spent: CallCost;
    };

function findCall(deps: ActivityDeps, params: CallModelParams): AnyCall {
  const call = deps.catalog.get(params.run.type)?.calls[params.call];
  if (call !== undefined) return call;
  throw new StewardError('not_found', `The workflow type ${params.run.type} has no model call "${params.call}".`);
}

/**
 * One transaction: claim the step's effect, write what happened before it, note that it runs, gather its facts, and look
 * for an answer that is known. A transaction costs as much as three statements, and a run makes many calls.
 */
async function claim(deps: ActivityDeps, call: AnyCall, params: CallModelParams): Promise<Claimed> {
  const { run, step } = params;
  return await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, params);
    const effectKey = stepEffectKey(run.runId, { step, epoch: epochOf(locked.epochs, step.number), name: params.call });
    const request = {
      key: effectKey,
      runId: run.runId,
      userId: run.userId,
      stepNumber: step.number,
      name: `model:${params.call}`,
    };
    const requestHash = digestOf({ call: params.call, params: params.params });
    const claimed = await claimEffect(tx, {
      ...request,
      requestHash,
      attempt: fenceOf(params),
    });
    const first = claimed.kind === 'claimed' && claimed.previous === 'none';
    const spent = first ? noCost : unsettled(await costOfEffect(tx, effectKey), params.settled);
    if (claimed.kind === 'done') return { done: { kind: 'answered', view: claimed.result, cost: spent } };
    const facts = await gatherFor(tx, { deps, run, needs: call, params: params.params });
    const title = call.title(params.params);
    await startStep(tx, locked, {
      step: { ...step, title },
      input: { call: params.call, params: params.params },
      at: deps.now().toISOString(),
    });
    const question = prepareQuestion(call, { params, facts });
    const cached = await askCache(tx, { params, call, effectKey, question });
    return { done: null, effectKey, facts, question, cached, spent };
  });
}

/**
 * Asks a model by one of the type's calls. At most one answer is ever recorded for a step: a retry after that reads it
 * and pays nothing; a retry before that asks again, and what the lost attempt can have cost counts against the grant.
 */
export async function callModel(deps: ActivityDeps, params: CallModelParams): Promise<CallModelResult> {
  const call = findCall(deps, params);
  const claimed = await claim(deps, call, params);
  if (claimed.done !== null) return claimed.done;
  const { effectKey, facts, question, cached, spent } = claimed;
  assertNotCancelled();
  const asking = { params, call, effectKey, question, spent };
  const asked = cached ?? (await heartbeating(async () => await askModel(deps, asking)));
  if (asked.kind === 'needs') return asked;
  return await store(deps, { params, call, effectKey, facts, prompt: digestOf(asJson(question.messages)), asked });
}

type Storing = {
  readonly params: CallModelParams;
  readonly call: AnyCall;
  readonly effectKey: string;
  readonly facts: FactSheet;
  readonly prompt: string;
  readonly asked: Answered;
};

async function store(deps: ActivityDeps, storing: Storing): Promise<CallModelResult> {
  const { params, call, effectKey, facts, asked } = storing;
  const view = call.view(asked.output);
  const title = call.title(params.params);
  const factsDigest = digestOf(asJson(facts));
  assertNotCancelled();
  const cost = await storeAnswer(deps, {
    run: params.run,
    step: { ...params.step, title },
    settled: params.settled,
    effectKey,
    fence: fenceOf(params),
    output: asked.output,
    view,
    reasoning: call.reasoning(asked.output),
    provider: asked.provider,
    choice: asked.choice,
    promptDigest: storing.prompt,
    factsDigest,
    cache: asked.cache,
  });
  return { kind: 'answered', view, cost };
}
