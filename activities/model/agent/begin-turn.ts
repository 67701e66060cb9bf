import { claimEffect } from '../../../src/db/effects.ts';
import { estimatePrompt, estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import type { ChatMessage, ToolDescription } from '../../../src/models/model-service.ts';
import type { AnyAgent } from '../../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../../deps.ts';
import { startStep, writeChanges } from '../../records/project-changes.ts';
import { digestOf } from '../../support/digest.ts';
import { epochOf, stepEffectKey } from '../../support/effect-key.ts';
import { gatherFacts } from '../../support/gather-facts.ts';
import type { Tx } from '../../support/transaction.ts';
import { appendMessage, dropFromTurn, mostCallsATurn, readLatest, readOpening } from '../../tools/transcript.ts';
import type { Entry } from '../../tools/transcript.ts';
import type { AgentTurnParams, AgentTurnResult } from '../api.ts';
import { composeOpening } from '../compose.ts';
import { fenceOf } from '../fence.ts';
import { costOfEffect, unsettled } from '../usage.ts';
import { byTurn, compactTranscript, countWhole } from './compact.ts';
import { readPast } from './read-past.ts';

export type Turning = {
  readonly params: AgentTurnParams;
  readonly agent: AnyAgent;
  readonly tools: readonly ToolDescription[];
  readonly maxOutputTokens: number;
};

type Begun =
  | { readonly done: AgentTurnResult }
  | { readonly done: null; readonly effectKey: string; readonly messages: readonly ChatMessage[] };

// What a prompt may have beside the goal and the tools, whatever the model takes: a loop pays for it on every turn.
const mostRoomTokens = 40_000;
const leastRoomTokens = 6_000;
// Of the longest window: what all of it can be at most is read, and no more.
const mostEntries = 17 * (mostCallsATurn + 3);

/** The loop's goal, composed from facts when it begins; what a rerun takes anew is dropped. */
async function openTranscript(tx: Tx, deps: ActivityDeps, { params, agent }: Turning): Promise<readonly Entry[]> {
  await dropFromTurn(tx, params, params.turn);
  const stored = await readOpening(tx, params);
  if (stored.length > 0) return stored;
  const facts = await gatherFacts(tx, { deps, run: params.run, facts: agent.facts });
  const opening = composeOpening(agent.goal(facts, params.params)).map((message) => ({
    message,
    tokens: estimateTokens(message.content),
  }));
  for (const entry of opening) await appendMessage(tx, params, { ...entry, turn: 0 });
  return opening;
}

async function composePrompt(tx: Tx, deps: ActivityDeps, turning: Turning): Promise<readonly ChatMessage[]> {
  const { params, agent, tools, maxOutputTokens } = turning;
  const opening = await openTranscript(tx, deps, turning);
  const taken = estimatePrompt(
    opening.map(({ message }) => message),
    { kind: 'tools', tools },
  );
  const limit = deps.models.room({ profile: agent.profile, maxOutputTokens });
  const room = Math.max(leastRoomTokens, Math.min(mostRoomTokens, limit - taken));
  const turns = byTurn(await readLatest(tx, params, mostEntries));
  const latest = turns.slice(-countWhole(turns, { turn: params.turn, room }) || turns.length);
  const past = await readPast(tx, params, params.turn - latest.length);
  return compactTranscript({ opening, past, latest, room });
}

/** One transaction: claim the turn's effect, write what happened before it, note that it runs, and read what to ask. */
export async function beginTurn(deps: ActivityDeps, turning: Turning): Promise<Begun> {
  const { params, agent } = turning;
  const { run, step, loop, turn } = params;
  return await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, params);
    const effectKey = stepEffectKey(run.runId, {
      step,
      epoch: epochOf(locked.epochs, step.number),
      name: 'agent-turn',
    });
    const claimed = await claimEffect(tx, {
      key: effectKey,
      runId: run.runId,
      userId: run.userId,
      stepNumber: step.number,
      name: 'agent-turn',
      requestHash: digestOf({ loop, turn }),
      attempt: fenceOf(params),
    });
    if (claimed.kind === 'done') {
      const cost = unsettled(await costOfEffect(tx, effectKey), params.settled);
      // Stored by this same activity.
      return { done: { ...(claimed.result as unknown as AgentTurnResult), cost } };
    }
    const title = `${agent.title(params.params)} · turn ${turn}`;
    await startStep(tx, locked, {
      step: { ...step, title },
      input: { agent: params.agent, loop, turn },
      at: deps.now().toISOString(),
    });
    return { done: null, effectKey, messages: await composePrompt(tx, deps, turning) };
  });
}
