import type { AgentTurnResult } from '../../../activities/model/api.ts';
import { remaining } from '../../../src/contract/budget.ts';
import type { Reservation } from '../../../src/contract/budget.ts';
import { models } from '../activities.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from '../steps/carry.ts';
import { spend } from '../steps/spending.ts';
import { runStep } from '../steps/step.ts';
import type { Loop } from './run-agent.ts';

type Turn = Exclude<AgentTurnResult, { readonly kind: 'needs' }>;
type Taken = { readonly result: Turn; readonly step: number };

// A first guess of a turn's size; the activity measures the transcript and asks for what it needs.
const firstGuess: Reservation = { usd: 0, tokens: 4_000 };

/** What the turn before expects of this one, but never more than is left: a guess is no reason to ask a person. */
function guess(context: RunContext, expected: Reservation | null): Reservation {
  if (expected === null) return firstGuess;
  const left = remaining(context.state.ledger);
  return {
    usd: Math.min(expected.usd, left.usd ?? Infinity),
    tokens: Math.min(expected.tokens, left.tokens ?? Infinity),
  };
}

/** One turn of the model as a numbered step: reserve, ask, settle. */
export async function takeTurn(
  context: RunContext,
  loop: Loop,
  at: { readonly turn: number; readonly expected: Reservation | null },
): Promise<Taken> {
  const { name, agent, params, tools, scope } = loop;
  const title = `Turn ${at.turn}`;
  const spec = { type: 'agent', name: agent, title, slot: `${name}.${at.turn}`, forget: true } as const;
  // A turn's result is small and typed by the activity; runStep keeps no memo of it.
  return await runStep<Taken & { readonly [key: string]: never }>(context, spec, async (step) => {
    const start = { step, estimate: guess(context, at.expected) };
    const { result, cost } = await spend<Turn>(
      context,
      start,
      async (spending) =>
        await carrying(context, async (changes) => {
          const maxOutputTokens = loop.maxOutputTokens ?? null;
          const asked = { agent, params, tools, scope, turn: at.turn, maxOutputTokens, changes, ...spending };
          const request = { run: context.state.admitted.run, step, loop: name, ...asked };
          const activityId = `step-${step.number}${spending.invocation === 0 ? '' : `-${spending.invocation}`}`;
          return await models.takeAgentTurn.executeWithOptions({ activityId, summary: title }, [request]);
        }),
    );
    return { value: { result, step: step.number } as never, cost };
  });
}
