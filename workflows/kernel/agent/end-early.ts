import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { runStep } from '../steps/step.ts';
import type { AgentEnd, LoopBreak } from '../types.ts';
import type { Loop } from './run-agent.ts';

const words: Readonly<Record<LoopBreak, string>> = {
  repeated_calls:
    'It made the same call with the same result three times, and nothing it did in between brought anything new.',
  ping_pong: 'It made two calls in turn, with the same results as before.',
  no_progress: 'Six calls in a row brought nothing that it had not seen before.',
  max_turns: 'It used all its turns without coming to an end.',
  invalid_result: 'It was told three times in a row what is wrong with its result, and gave no valid one.',
};

/** Ends a loop that comes to nothing, with a step of its own that says why. */
export async function endEarly(
  context: RunContext,
  { name, agent }: Loop,
  ended: { readonly reason: LoopBreak; readonly turns: number },
): Promise<{ readonly end: AgentEnd; readonly step: number }> {
  const { reason, turns } = ended;
  const title = `Ended after ${turns} turns: ${reason}`;
  const spec = { type: 'agent', name: agent, title, slot: `${name}.end`, forget: true } as const;
  return await runStep<{ end: AgentEnd; step: number }>(context, spec, async (step) => {
    record(context, {
      type: 'step.finished',
      step,
      status: 'completed',
      output: { reason, turns },
      reasoning: words[reason],
      cost: null,
      error: null,
    });
    return await Promise.resolve({
      value: { end: { reason, result: null, turns }, step: step.number },
      cost: null,
    });
  });
}
