import type { AgentTurnResult, ToolCallOutline } from '../../../activities/model/api.ts';
import { models } from '../activities.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import type { LoopState } from '../state/run-state.ts';
import { carrying } from '../steps/carry.ts';
import { spend } from '../steps/spending.ts';
import { runStep } from '../steps/step.ts';
import type { AgentEnd, AgentGoal } from '../types.ts';
import { noticeStandstill, remember } from './standstill.ts';
import { useTool } from './use-tools.ts';

type Turn = Extract<AgentTurnResult, { readonly kind: 'act' | 'finish' }>;

const defaultTurns = 30;
const defaultOutputTokens = 2_000;
// A first guess of a turn's size; the activity measures the transcript and asks for what it needs.
const firstGuess = { usd: 0, tokens: 4_000 };

/**
 * Reasoning, action, parameters, finish: turns of a model that may call the granted tools. Between two steps the loop is
 * a few numbers; its transcript is in the database, so a thousand turns leave the history flat.
 */
export async function runAgent(context: RunContext, goal: AgentGoal): Promise<AgentEnd> {
  const count = (context.iterations.get('agent') ?? 0) + 1;
  context.iterations.set('agent', count);
  const loop = `agent-${count}`;
  const memo = context.state.memo[loop];
  if (memo !== undefined) {
    context.memosLeft -= 1;
    // Stored below by this same loop.
    return memo.value as AgentEnd;
  }
  const end = await turnUntilEnd(context, loop, goal);
  context.state.memo[loop] = { number: context.state.stepCount, value: end };
  delete context.state.loops[loop];
  record(context, {
    type: 'log',
    level: end.reason === 'finished' ? 'info' : 'warning',
    text: `The agent loop ended after ${end.turns} turns: ${end.reason}.`,
  });
  return end;
}

async function turnUntilEnd(context: RunContext, loop: string, goal: AgentGoal): Promise<AgentEnd> {
  const { loops } = context.state;
  const maxTurns = goal.maxTurns ?? defaultTurns;
  for (;;) {
    const now = loops[loop] ?? { turn: 0, calls: [], recent: [] };
    loops[loop] = now;
    if (now.calls.length > 0) {
      await makeCalls(context, loop, goal);
      const standstill = noticeStandstill(loopState(context, loop).recent);
      if (standstill !== null) return { reason: standstill, result: null, turns: now.turn };
      continue;
    }
    if (now.turn >= maxTurns) return { reason: 'max_turns', result: null, turns: now.turn };
    const turn = await takeTurn(context, { loop, goal, turn: now.turn + 1 });
    if (turn.kind === 'finish') return { reason: 'finished', result: turn.result, turns: now.turn + 1 };
    loops[loop] = { ...now, turn: now.turn + 1, calls: turn.calls };
  }
}

function loopState(context: RunContext, loop: string): LoopState {
  return context.state.loops[loop] ?? { turn: 0, calls: [], recent: [] };
}

async function takeTurn(
  context: RunContext,
  at: { readonly loop: string; readonly goal: AgentGoal; readonly turn: number },
): Promise<Turn> {
  const { loop, goal, turn } = at;
  const title = `Turn ${turn}`;
  // A turn's result is small and typed by the activity; runStep keeps no memo of it.
  return await runStep<Turn & { readonly [key: string]: never }>(
    context,
    { type: 'agent', name: 'turn', title, slot: `${loop}.${turn}`, forget: true },
    async (step) => {
      const { result, cost } = await spend<Turn>(
        context,
        { step, estimate: firstGuess },
        async (spending) =>
          await carrying(context, async (changes) => {
            const maxOutputTokens = goal.maxOutputTokens ?? defaultOutputTokens;
            const params = {
              run: context.state.admitted.run,
              step,
              loop,
              goal: goal.goal,
              tools: goal.tools,
              turn,
              maxOutputTokens,
              changes,
              ...spending,
            };
            return await models.takeAgentTurn.executeWithOptions(
              {
                activityId: `step-${step.number}${spending.invocation === 0 ? '' : `-${spending.invocation}`}`,
                summary: title,
              },
              [params],
            );
          }),
      );
      return { value: result as never, cost };
    },
  );
}

/** Reads side by side, writes one after the other in the order the model asked for them. */
async function makeCalls(context: RunContext, loop: string, goal: AgentGoal): Promise<void> {
  const { calls } = loopState(context, loop);
  const grant = { loop, granted: goal.tools };
  const one = async (call: ToolCallOutline): Promise<void> => {
    const outcome = await useTool(context, grant, call);
    const now = loopState(context, loop);
    const trace = { call: call.digest, result: outcome.resultDigest };
    context.state.loops[loop] = {
      ...now,
      calls: now.calls.filter((left) => left.callId !== call.callId),
      recent: remember(now.recent, trace),
    };
  };
  await Promise.all(calls.filter((call) => call.access === 'read').map(one));
  for (const call of calls.filter((each) => each.access === 'write')) await one(call);
}
