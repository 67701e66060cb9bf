import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { ModelChoice } from '../../../src/contract/step.ts';
import { problemsAsText } from '../../../src/models/calls/call.ts';
import { estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import type { ChatMessage } from '../../../src/models/model-service.ts';
import type { AnyAgent } from '../../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../../deps.ts';
import { digestOf } from '../../support/digest.ts';
import { gatherFacts } from '../../support/gather-facts.ts';
import { asJson } from '../../support/json-value.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { appendMessage } from '../../tools/transcript.ts';
import type { AgentTurnParams, AgentTurnResult } from '../api.ts';
import { fenceOf } from '../fence.ts';
import { storeAnswer } from '../store-answer.ts';
import { checkResult, outlineCall } from './read-turn.ts';
import type { ReadTurn } from './read-turn.ts';

export type Keeping = {
  readonly params: AgentTurnParams;
  readonly agent: AnyAgent;
  readonly toolbox: Toolbox;
  readonly effectKey: string;
  readonly turn: ReadTurn;
  readonly provider: string | null;
  readonly choice: ModelChoice | null;
  readonly promptDigest: string;
};

type View = { kind: 'act' | 'repair' | 'finish'; calls?: Json; result?: Json; expected?: Json };

/** What a turn came to: what the workflow sees, what its row keeps, and what the model is told at once. */
type Outcome = {
  readonly view: View;
  readonly output: Json;
  readonly told: readonly ChatMessage[];
  readonly reasoning: string | null;
  readonly facts: FactSheet | null;
};

// What the next turn needs is about what this one had: a transcript grows by so much until it is compacted.
const growth = 1.2;
const noResult =
  'That was neither a call nor a result. Call a tool, or call finish with the result, in the form that its parameters say.';

async function readFacts(deps: ActivityDeps, { params, agent }: Keeping): Promise<FactSheet> {
  return await deps.database.asService(
    async (tx) => await gatherFacts(tx, { deps, run: params.run, facts: agent.facts }),
  );
}

function said({ text, calls }: ReadTurn): Json {
  return { text, calls: calls.map((call) => ({ ...call })) };
}

function result(callId: string, content: string): ChatMessage {
  return { role: 'tool', content, toolCallId: callId };
}

function repair(turn: ReadTurn, told: { readonly callId: string | null; readonly text: string }): Outcome {
  const { callId, text } = told;
  const message: ChatMessage = callId === null ? { role: 'user', content: text } : result(callId, text);
  const output = { ...asJsonObject(said(turn)), refused: text };
  return { view: { kind: 'repair' }, output, told: [message], reasoning: text, facts: null };
}

function asJsonObject(value: Json): Record<string, Json> {
  return value as Record<string, Json>;
}

async function judge(deps: ActivityDeps, keeping: Keeping): Promise<Outcome> {
  const { params, agent, toolbox, turn } = keeping;
  const { finish, toMake, answers, text } = turn;
  if (finish === null && turn.calls.length === 0) return repair(turn, { callId: null, text: noResult });
  if (finish === null) {
    const calls = toMake.map((call) => asJson(outlineCall(toolbox, call)));
    const told = answers.map((answer) => result(answer.callId, answer.text));
    const kind = calls.length === 0 ? 'repair' : 'act';
    return { view: { kind, calls }, output: said(turn), told, reasoning: text, facts: null };
  }
  const facts = await readFacts(deps, keeping);
  const checked = checkResult(agent, finish.value, (value) => agent.check(value, facts, params.params));
  if (checked.ok) {
    const view = agent.view(checked.value);
    return { view: { kind: 'finish', result: view }, output: checked.value, told: [], reasoning: text, facts };
  }
  const wrong = `The result can't be used:\n${problemsAsText(checked.problems)}\nCall finish again with a corrected one.`;
  return repair(turn, { callId: finish.callId, text: wrong });
}

async function append(tx: Tx, keeping: Keeping, told: readonly ChatMessage[]): Promise<void> {
  const { params, turn } = keeping;
  const spoken: ChatMessage = { role: 'assistant', content: turn.text, toolCalls: turn.calls };
  for (const message of [spoken, ...told]) {
    const calls = message.role === 'assistant' ? JSON.stringify(message.toolCalls) : '';
    const tokens = estimateTokens(`${message.content ?? ''}${calls}`);
    await appendMessage(tx, params, { message, tokens, turn: params.turn });
  }
}

/** One transaction: the model's words and calls in the transcript, the turn's row, the effect done, the usage added. */
export async function keepTurn(deps: ActivityDeps, keeping: Keeping): Promise<AgentTurnResult> {
  const { params, agent, effectKey, turn, provider, choice, promptDigest } = keeping;
  const { view, output, told, reasoning, facts } = await judge(deps, keeping);
  const { usd, tokens } = params.grant;
  const whole = { ...view, expected: { usd: usd * growth, tokens: Math.ceil(tokens * growth) } };
  const cost = await storeAnswer(deps, {
    run: params.run,
    step: { ...params.step, title: `${agent.title(params.params)} · turn ${params.turn}` },
    settled: params.settled,
    effectKey,
    fence: fenceOf(params),
    output,
    view: asJson(whole),
    reasoning,
    provider,
    choice,
    promptDigest,
    factsDigest: facts === null ? null : digestOf(asJson(facts)),
    cache: null,
    alongside: async (tx) => await append(tx, { ...keeping, turn }, told),
  });
  // Of the kinds above, each with its fields.
  return { ...whole, cost } as unknown as AgentTurnResult;
}
