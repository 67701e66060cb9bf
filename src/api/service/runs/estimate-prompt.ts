import type { PromptEstimate, Range } from '../../../contract/estimate.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { callOverheadTokens, estimateTokens } from '../../../models/calls/estimate-tokens.ts';
import type { BoundRequest, ModelService } from '../../../models/model-service.ts';
import type { WorkflowContract } from '../../../schemas/workflow-contract.ts';

type Bound = ReturnType<ModelService['bound']>;
type Asked = { readonly profile: BoundRequest['profile']; readonly maxOutputTokens: number };

// Tokens are counted from above, at up to twice what they are; answers are a tenth of the most they may be, or all of it.
const leastPromptShare = 0.5;
const leastOverheadTokens = 1_000;
const leastOutputShare = 0.1;

function leastOf({ profile, maxOutputTokens }: Asked, inputTokens: number): BoundRequest {
  const promptTokens = Math.ceil(inputTokens * leastPromptShare) + leastOverheadTokens;
  return { profile, promptTokens, maxOutputTokens: Math.ceil(maxOutputTokens * leastOutputShare) };
}

function rangeOf(least: readonly Bound[], most: readonly Bound[], read: (bound: Bound) => number): Range {
  const sum = (bounds: readonly Bound[]): number => bounds.reduce((total, bound) => total + read(bound), 0);
  const low = sum(least);
  return { low: Math.round(low * 1e9) / 1e9, high: Math.round(Math.max(low, sum(most)) * 1e9) / 1e9 };
}

function wordsOf(calls: number, priced: boolean): string {
  const what = 'Of no past run: reckoned from the size of the input and the model calls that the type declares';
  const repeats =
    'calls that repeat (a phase, a batch, a turn of an agent, a plan made anew) cost their part each time';
  const price = priced
    ? ''
    : ' What it costs is unknown: a model that would be asked has no known price; give it one in the catalogue (STEWARD_MODELS).';
  return `${what} (${calls}), each once; ${repeats}.${price}`;
}

/**
 * What a run will take at first sight, before there is any past run to learn from: each declared call and agent once, from
 * half the counted tokens and short answers to all of them and the longest. The cost is null when a price is not known.
 */
export function estimatePrompt(
  models: Pick<ModelService, 'bound'>,
  contract: WorkflowContract,
  input: JsonObject,
): PromptEstimate {
  const inputTokens = estimateTokens(JSON.stringify(input));
  const asked: readonly Asked[] = [...Object.values(contract.calls), ...Object.values(contract.agents ?? {})];
  const least = asked.map((each) => models.bound(leastOf(each, inputTokens)));
  const most = asked.map(({ profile, maxOutputTokens }) =>
    models.bound({ profile, promptTokens: inputTokens + callOverheadTokens, maxOutputTokens }),
  );
  const priced = most.every(({ priceKnown }) => priceKnown);
  return {
    basis: 'prompt',
    runs: 0,
    calls: asked.length,
    inputTokens,
    costUsd: priced ? rangeOf(least, most, ({ usd }) => usd) : null,
    tokens: rangeOf(least, most, ({ tokens }) => tokens),
    message: wordsOf(asked.length, priced),
  };
}
