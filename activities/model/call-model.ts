import { StewardError } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { AnyCall } from '../../src/schemas/workflow-contract.ts';
import { claimEffect } from '../../src/db/effects.ts';
import type { ActivityDeps } from '../deps.ts';
import { startStep, writeChanges } from '../records/project-changes.ts';
import { digestOf } from '../support/digest.ts';
import { assertNotCancelled, currentAttempt, epochOf, stepEffectKey } from '../support/effect-key.ts';
import { asJson } from '../support/json-value.ts';
import { gatherFacts } from '../support/gather-facts.ts';
import type { CallModelParams, CallModelResult } from './api.ts';
import { ask } from './ask.ts';
import type { Answered } from './ask.ts';
import { composeMessages } from './compose.ts';
import { fenceOf } from './fence.ts';
import { heartbeating } from './heartbeat.ts';
import { outputSchema } from './output-schema.ts';
import { storeAnswer } from './store-answer.ts';
import { costOfEffect, unsettled } from './usage.ts';

type Claimed = { readonly effectKey: string; readonly facts: FactSheet; readonly done: CallModelResult | null };

function findCall(deps: ActivityDeps, params: CallModelParams): AnyCall {
  const call = deps.catalog.get(params.run.type)?.calls[params.call];
  if (call !== undefined) return call;
  throw new StewardError('not_found', `The workflow type ${params.run.type} has no model call "${params.call}".`);
}

/** One transaction: claim the step's effect, write what happened before it, note that it runs, and gather its facts. */
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
      attempt: fenceOf(params.invocation, currentAttempt()),
    });
    const facts = await gatherFacts(tx, { deps, run, facts: call.facts });
    if (claimed.kind === 'done') {
      const cost = unsettled(await costOfEffect(tx, effectKey), params.settled);
      return { effectKey, facts, done: { kind: 'answered', view: claimed.result, cost } };
    }
    const title = call.title(params.params);
    await startStep(tx, locked, {
      step: { ...step, title },
      input: { call: params.call, params: params.params },
      at: deps.now().toISOString(),
    });
    return { effectKey, facts, done: null };
  });
}

/**
 * Asks a model by one of the type's calls. At most one answer is ever recorded for a step: a retry after that reads it
 * and pays nothing; a retry before that asks again, and what the lost attempt can have cost counts against the grant.
 */
export async function callModel(deps: ActivityDeps, params: CallModelParams): Promise<CallModelResult> {
  const call = findCall(deps, params);
  const { effectKey, facts, done } = await claim(deps, call, params);
  if (done !== null) return done;
  const prompt = call.prompt(facts, params.params);
  const messages = composeMessages(prompt);
  const output = outputSchema({ name: `${params.run.type}.${params.call}`, call, facts, params: params.params });
  assertNotCancelled();
  const asked = await heartbeating(async () => await ask(deps, { params, call, effectKey, messages, output }));
  if (asked.kind === 'needs') return asked;
  return await store(deps, { params, call, effectKey, facts, prompt: digestOf(asJson(messages)), asked });
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
    fence: fenceOf(params.invocation, currentAttempt()),
    output: asked.output,
    view,
    reasoning: call.reasoning(asked.output),
    provider: asked.provider,
    promptDigest: storing.prompt,
    factsDigest,
    cache: asked.cache,
  });
  return { kind: 'answered', view, cost };
}
