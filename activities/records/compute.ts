import { StewardError } from '../../src/contract/errors.ts';
import type { AnyComputation } from '../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { digestOf } from '../support/digest.ts';
import { assertNotCancelled, stepFence } from '../support/effect-key.ts';
import { asJson } from '../support/json-value.ts';
import { once } from '../support/once.ts';
import type { Computed, ComputeParams } from './api.ts';
import { finishStep, writeChanges } from './project-changes.ts';
import { pureStepKey, withFacts } from './with-facts.ts';

function findComputation(deps: ActivityDeps, { run, computation }: ComputeParams): AnyComputation {
  const found = deps.catalog.get(run.type)?.computations?.[computation];
  if (found !== undefined) return found;
  throw new StewardError('not_found', `The workflow type ${run.type} has no computation "${computation}".`);
}

/** Works something out by the type's pure code; the whole of it is kept in the step's row, once. */
export async function compute(deps: ActivityDeps, params: ComputeParams): Promise<Computed> {
  const contract = findComputation(deps, params);
  const { run, step, changes } = params;
  const input = { computation: params.computation, params: params.params };
  const title = contract.title(params.params);
  const effect = `compute:${params.computation}`;
  const pure = { run, step, title, input, needs: contract, params: params.params, effect, changes };
  const worked = await withFacts(deps, pure, (facts, tools) => contract.compute(facts, params.params, tools));
  const output = asJson(worked.value);
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, { run, changes: [] });
    const named = { key: pureStepKey(locked, pure), stepNumber: step.number, name: pure.effect };
    const { runId, userId } = run;
    const claim = { ...named, runId, userId, requestHash: digestOf(input), attempt: stepFence(step) };
    return once<{ readonly view: Computed['view'] }>(tx, claim, async () => {
      const view = contract.view(output);
      const end = { step: { ...step, title }, status: 'completed', output, view, cost: null, error: null } as const;
      const reasoning = contract.reasoning(output);
      const factsDigest = digestOf(asJson(worked.facts));
      await finishStep(tx, locked, { ...end, reasoning, at: deps.now().toISOString(), factsDigest });
      return { view };
    });
  });
}
