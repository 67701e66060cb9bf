import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { computations } from '../activities.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from './carry.ts';
import { runStep } from './step.ts';

/** One computation of the type's own code as a numbered step. */
export async function compute(
  context: RunContext,
  asked: { readonly computation: string; readonly params: JsonObject; readonly slot: string | undefined },
): Promise<Json> {
  const { computation, params, slot } = asked;
  const title = slot === undefined ? computation : `${computation} · ${slot}`;
  return await runStep<Json>(context, { type: 'compute', name: computation, title, slot }, async (step) => {
    const { view } = await carrying(
      context,
      async (changes) =>
        await computations.compute({ run: context.state.admitted.run, step, computation, params, changes }),
    );
    return { value: view, cost: null };
  });
}
