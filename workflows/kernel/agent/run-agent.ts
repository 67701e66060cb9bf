import { patched } from '@temporalio/workflow';
import type { ToolCallOutline } from '../../../activities/model/api.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import type { LoopState } from '../state/run-state.ts';
import type { AgentEnd, AgentTask } from '../types.ts';
import { endEarly } from './end-early.ts';
import { noticeStandstill, remember } from './standstill.ts';
import { takeTurn } from './take-turn.ts';
import { forgetConsents, useTool } from './use-tools.ts';

export type AgentCall = AgentTask<JsonObject> & { readonly agent: string };
/** One loop of an agent; `name` names its transcript. */
export type Loop = AgentCall & { readonly name: string };

const defaultTurns = 30;
const mostRepairs = 3;
const fresh: LoopState = { turn: 0, calls: [], recent: [], repairs: 0, expected: null };

/** The name of the loop, `investigate-1` or `investigate/slot-1`, and the key of its memo. */
function nameLoop(context: RunContext, { agent, slot }: AgentCall): { readonly name: string; readonly key: string } {
  const path = slot === undefined ? agent : `${agent}/${slot}`;
  const count = (context.iterations.get(`agent:${path}`) ?? 0) + 1;
  context.iterations.set(`agent:${path}`, count);
  return { name: `${path}-${count}`, key: `agent:${path}#${count}` };
}

/**
 * Reasoning, action, parameters, finish: turns of a model that may call the granted tools. Between two steps the loop is
 * a few numbers; its transcript is in the database, so a thousand turns leave the history flat.
 */
export async function runAgent(context: RunContext, call: AgentCall): Promise<AgentEnd> {
  const { name, key } = nameLoop(context, call);
  const memo = context.state.memo[key];
  if (memo !== undefined) {
    context.memosLeft -= 1;
    // Stored below by this same loop.
    return memo.value as AgentEnd;
  }
  const { end, step } = await turnUntilEnd(context, { ...call, name });
  context.state.memo[key] = { number: step, value: end };
  delete context.state.loops[name];
  const level = end.reason === 'finished' ? 'info' : 'warning';
  record(context, { type: 'log', level, text: `The agent loop ended after ${end.turns} turns: ${end.reason}.` });
  return end;
}

type Ended = { readonly end: AgentEnd; readonly step: number };

async function turnUntilEnd(context: RunContext, loop: Loop): Promise<Ended> {
  // Executions from before news counted replay without it to their end.
  const rules = patched('news-between-repeated-calls') ? 'now' : 'before';
  const maxTurns = loop.maxTurns ?? defaultTurns;
  for (;;) {
    const now = loopState(context, loop);
    if (now.calls.length > 0) {
      await makeCalls(context, loop);
      const standstill = noticeStandstill(loopState(context, loop).recent, rules);
      if (standstill !== null) return await endEarly(context, loop, { reason: standstill, turns: now.turn });
      continue;
    }
    if (now.repairs >= mostRepairs) return await endEarly(context, loop, { reason: 'invalid_result', turns: now.turn });
    if (now.turn >= maxTurns) return await endEarly(context, loop, { reason: 'max_turns', turns: now.turn });
    const turn = now.turn + 1;
    const { result, step } = await takeTurn(context, loop, { turn, expected: now.expected });
    if (result.kind === 'finish') return { end: { reason: 'finished', result: result.result, turns: turn }, step };
    const repairs = result.kind === 'repair' ? now.repairs + 1 : 0;
    const calls = result.kind === 'act' ? result.calls : [];
    // Histories from before don't say what to expect.
    const expected = result.expected ?? null;
    context.state.loops[loop.name] = { ...now, turn, calls, repairs, expected };
  }
}

function loopState(context: RunContext, { name }: Loop): LoopState {
  // A loop that an older worker began lacks the newer fields.
  return { ...fresh, ...context.state.loops[name] };
}

/** Reads side by side, writes one after the other in the order the model asked for them. */
async function makeCalls(context: RunContext, loop: Loop): Promise<void> {
  const { calls } = loopState(context, loop);
  const one = async (call: ToolCallOutline): Promise<void> => {
    const outcome = await useTool(context, { loop: loop.name, granted: loop.tools, scope: loop.scope }, call);
    const now = loopState(context, loop);
    context.state.loops[loop.name] = {
      ...now,
      calls: now.calls.filter((left) => left.callId !== call.callId),
      recent: remember(now.recent, { ...outcome, digest: call.digest }),
    };
    forgetConsents(context, loop.name, call.callId);
  };
  await Promise.all(calls.filter((call) => call.access === 'read').map(one));
  for (const call of calls.filter((each) => each.access === 'write')) await one(call);
}
