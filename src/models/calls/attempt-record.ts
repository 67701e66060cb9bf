import type { CatalogueModel } from '../catalogue/catalogue.ts';
import { priceOf } from '../catalogue/prices.ts';
import type { Fault } from '../client/faults.ts';
import type { ChatReply } from '../client/reply.ts';
import type { AttemptRecord, AttemptStart } from '../model-service.ts';
import type { Read } from './read-answer.ts';

type Ended = {
  readonly start: AttemptStart;
  /** The model that was asked. */
  readonly model: CatalogueModel;
  readonly reply: ChatReply | Fault;
  readonly read: Read | null;
  readonly responseTimeMs: number;
};

const nothing = { provider: null, promptTokens: 0, completionTokens: 0, cachedTokens: 0, totalTokens: 0 } as const;
const free = { inputCostUsd: 0, outputCostUsd: 0, totalCostUsd: 0 } as const;
const unknown = { inputCostUsd: null, outputCostUsd: null, totalCostUsd: null } as const;
const longestMessage = 500;

/** The catalogue's entry of the model that answered; the one asked for where the answer's name says nothing to us. */
export function modelThatAnswered(
  known: readonly CatalogueModel[],
  asked: CatalogueModel,
  name: string | null,
): CatalogueModel {
  if (name === null || name === asked.wireId || name === asked.id) return asked;
  return known.find((model) => model.id === name || model.aliases.includes(name)) ?? asked;
}

function ofFault({ start, responseTimeMs }: Ended, fault: Fault): AttemptRecord {
  const status = fault.fault === 'timeout' ? 'timeout' : fault.sent ? 'unknown' : 'error';
  const retry = fault.retryAfterMs === null ? {} : { retryAfterMs: fault.retryAfterMs };
  const error = { code: fault.fault, message: fault.message.slice(0, longestMessage), ...retry };
  return {
    ...start,
    ...nothing,
    ...(fault.sent ? unknown : free),
    modelUsed: start.model,
    responseTimeMs,
    status,
    error,
  };
}

function costs(
  reply: ChatReply,
  model: CatalogueModel,
): Pick<AttemptRecord, 'inputCostUsd' | 'outputCostUsd' | 'totalCostUsd'> {
  const price = reply.usage === null ? null : priceOf(model, reply.usage);
  const total = price === null ? null : price.inputUsd + price.outputUsd;
  // The provider's own word wins: it knows of discounts and of who really served the call.
  return {
    inputCostUsd: price?.inputUsd ?? null,
    outputCostUsd: price?.outputUsd ?? null,
    totalCostUsd: reply.statedUsd ?? total,
  };
}

/** The record of an attempt that ended, well or badly. */
export function attemptRecord(known: readonly CatalogueModel[], ended: Ended): AttemptRecord {
  const { start, reply, read, responseTimeMs, model } = ended;
  if (reply.kind === 'fault') return ofFault(ended, reply);
  const usage = reply.usage ?? nothing;
  const problems =
    read?.ok === false ? read.problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; ') : '';
  return {
    ...start,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    cachedTokens: usage.cachedTokens,
    totalTokens: usage.promptTokens + usage.completionTokens,
    ...costs(reply, modelThatAnswered(known, model, reply.modelUsed)),
    modelUsed: reply.modelUsed ?? start.model,
    provider: reply.provider,
    responseTimeMs,
    status: read?.ok === true ? 'success' : 'invalid',
    error: read?.ok === false ? { code: read.flaw, message: problems.slice(0, longestMessage) } : null,
  };
}
