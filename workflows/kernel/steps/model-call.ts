import type { CallModelResult } from '../../../activities/model/api.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { models } from '../activities.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from './carry.ts';
import { spend } from './spending.ts';
import { runStep } from './step.ts';

// For a call that the contract does not know; admit then fails the activity with a clear error.
const fallbackReservation = { usd: 0, tokens: 0 };

type Answered = Extract<CallModelResult, { readonly kind: 'answered' }>;

/** One model call as a numbered step: reserve, ask, settle. */
export async function callModel(
  context: RunContext,
  asked: { readonly call: string; readonly params: JsonObject; readonly slot: string | undefined },
): Promise<Json> {
  const { call, params, slot } = asked;
  const title = slot === undefined ? call : `${call} · ${slot}`;
  return await runStep<Json>(context, { type: 'model', name: call, title, slot }, async (step) => {
    const estimate = context.state.admitted.reservations[call] ?? fallbackReservation;
    const { result, cost } = await spend<Answered>(
      context,
      { step, estimate },
      async (spending) =>
        await carrying(context, async (changes) => {
          const request = { run: context.state.admitted.run, step, call, params, changes, ...spending };
          return await models.callModel.executeWithOptions(
            {
              activityId: `step-${step.number}${spending.invocation === 0 ? '' : `-${spending.invocation}`}`,
              summary: title,
            },
            [request],
          );
        }),
    );
    return { value: result.view, cost };
  });
}
