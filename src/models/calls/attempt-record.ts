import type { CatalogueModel } from '../catalogue/catalogue.ts';
import { priceOf } from '../catalogue/prices.ts';
import type { ChatReply } from '../client/chat-client.ts';
import type { Fault } from '../client/faults.ts';
import type { AttemptRecord, AttemptStart } from '../model-service.ts';
import type { Read } from './read-answer.ts';

type Ended = {
  readonly start: AttemptStart;
  readonly model: CatalogueModel;
  readonly reply: ChatReply | Fault;
  readonly read: Read | null;
  readonly responseTimeMs: number;
};

const nothing = { provider: null, promptTokens: 0, completionTokens: 0, cachedTokens: 0, totalTokens: 0 } as const;
const free = { inputCostUsd: 0, outputCostUsd: 0, totalCostUsd: 0 } as const;
const unknown = { inputCostUsd: null, outputCostUsd: null, totalCostUsd: null } as const;

function ofFault({ start, reply, responseTimeMs }: Ended & { readonly reply: Fault }): AttemptRecord {
  const status = reply.fault === 'timeout' ? 'timeout' : reply.sent ? 'unknown' : 'error';
  const error = { code: reply.fault, message: reply.message.slice(0, 500), ...(reply.retryAfterMs === null ? {} : { retryAfterMs: reply.retryAfterMs }) };
  return { ...start, ...nothing, ...(reply.sent ? unknown : free), modelUsed: start.model, responseTimeMs, status, error };
}

function costs({ model, reply }: Ended & { readonly reply: ChatReply }) {
  const { usage, statedUsd } = reply;
  const price = usage === null ? null : priceOf(model, usage);
  return {
    inputCostUsd: price?.inputUsd ?? null,
    outputCostUsd: price?.outputUsd ?? null,
    // The provider's own word wins: it knows of discounts and of the model it really used.
    totalCostUsd: statedUsd ?? price?.totalUsd ?? null,
  };
}

/** The record of an attempt that ended, well or badly. */
export function attemptRecord(ended: Ended): AttemptRecord {
  const { start, reply, read, responseTimeMs } = ended;
  if (reply.kind === 'fault') return ofFault({ ...ended, reply });
  const usage = reply.usage ?? { promptTokens: 0, completionTokens: 0, cachedTokens: 0 };
  const problems = read?.ok === false ? read.problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; ') : '';
  return {
    ...start,
    ...usage,
    ...costs({ ...ended, reply }),
    modelUsed: reply.modelUsed,
    provider: reply.provider,
    totalTokens: usage.promptTokens + usage.completionTokens,
    responseTimeMs,
    status: read?.ok === true ? 'success' : 'invalid',
    error: read?.ok === true ? null : { code: 'invalid_answer', message: problems.slice(0, 500) },
  };
}
