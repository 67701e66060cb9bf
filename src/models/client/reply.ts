import { z } from 'zod';
import { withoutNul } from '../../contract/storable.ts';
import type { Usage } from '../catalogue/prices.ts';
import type { ToolCall } from '../model-service.ts';
import { faultOfStatus } from './faults.ts';
import type { Fault } from './faults.ts';

export type ChatReply = {
  readonly kind: 'reply';
  readonly text: string | null;
  readonly calls: readonly ToolCall[];
  readonly finish: string;
  /** What the model said when it declined, or null. */
  readonly refusal: string | null;
  /** The model that answered, in the endpoint's words; null when it didn't say. */
  readonly modelUsed: string | null;
  readonly provider: string | null;
  /** Null when the provider didn't say: the cost is then unknown. */
  readonly usage: Usage | null;
  /** What the provider says it cost (OpenRouter does), in USD. */
  readonly statedUsd: number | null;
};

const count = z.number().min(0).transform(Math.ceil);
const usageSchema = z.object({
  // An answer without a prompt is none: servers that don't count say 0.
  prompt_tokens: count.refine((tokens) => tokens > 0),
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish().catch(null),
});
const costSchema = z.object({
  cost: z.number().min(0),
  is_byok: z.boolean().nullish().catch(null),
  cost_details: z
    .object({ upstream_inference_cost: z.number().min(0).nullish() })
    .nullish()
    .catch(null),
});

const said = z.string().transform(withoutNul);
const part = z.object({ text: said.nullish() });
const choiceSchema = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({
    content: z
      .union([said, z.array(part).transform((parts) => parts.map(({ text }) => text ?? '').join(''))])
      .nullish(),
    refusal: said.nullish(),
    tool_calls: z
      .array(
        z.object({
          id: z.string().nullish(),
          function: z.object({ name: said, arguments: said.nullish() }),
        }),
      )
      .nullish(),
  }),
});
const replySchema = z.object({
  model: said.nullish().catch(null),
  provider: said.nullish().catch(null),
  choices: z.array(choiceSchema).min(1),
  usage: z.unknown().optional(),
});
const errorSchema = z.object({
  error: z.object({ message: said, code: z.coerce.number().int().min(400).max(599).nullish().catch(null) }),
});

function readUsage(usage: unknown): Usage | null {
  const read = usageSchema.safeParse(usage);
  if (!read.success) return null;
  const {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    prompt_tokens_details: details,
  } = read.data;
  return { promptTokens, completionTokens, cachedTokens: Math.min(promptTokens, details?.cached_tokens ?? 0) };
}

/** With a key of one's own at the provider OpenRouter's `cost` is only its fee; the provider's bill comes on top. */
function readCost(usage: unknown): number | null {
  const read = costSchema.safeParse(usage);
  if (!read.success) return null;
  const { cost, is_byok: ownKey, cost_details: details } = read.data;
  return cost + (ownKey === true ? (details?.upstream_inference_cost ?? 0) : 0);
}

/** Gateways report a provider's failure with status 200 and an `error` in the body. */
function readError(body: unknown): Fault {
  const read = errorSchema.safeParse(body);
  const base = { kind: 'fault', retryAfterMs: null, sent: true } as const;
  if (!read.success)
    return {
      ...base,
      fault: 'bad_response',
      message: 'The endpoint answered with something that is no chat completion.',
    };
  const { message, code } = read.data.error;
  return { ...base, fault: code === null || code === undefined ? 'server' : faultOfStatus(code), message };
}

/** Reads the body of a chat completion, which may be anything. */
export function readReply(body: unknown): ChatReply | Fault {
  const read = replySchema.safeParse(body);
  if (!read.success) return readError(body);
  const { choices, model, provider, usage } = read.data;
  const [choice] = choices;
  if (choice === undefined) return readError(body);
  const { message } = choice;
  return {
    kind: 'reply',
    text: message.content ?? null,
    calls: (message.tool_calls ?? []).map((call, index) => ({
      id: call.id ?? `call_${index}`,
      name: call.function.name,
      arguments: call.function.arguments ?? '{}',
    })),
    finish: choice.finish_reason ?? 'stop',
    refusal: message.refusal ?? null,
    modelUsed: model ?? null,
    provider: provider ?? null,
    usage: readUsage(usage),
    statedUsd: readCost(usage),
  };
}
