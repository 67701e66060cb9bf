import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { IdempotencyStore, IdempotentRequest, IdempotentStart } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';
import type { Reply } from './reply.ts';

const pollMs = 50;
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The Idempotency-Key of a request, or undefined when it has none. Throws `invalid_input` when it can't be one. */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined || keyPattern.test(header)) return header;
  throw invalidInput([
    { path: 'Idempotency-Key', message: 'expected 1 to 255 printable ASCII characters without spaces' },
  ]);
}

/** Waits for the first request with the key, for as long as `waitMs`. Throws 409 with Retry-After after that. */
async function begin(store: IdempotencyStore, request: IdempotentRequest, waitMs: number): Promise<IdempotentStart> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      return await store.begin(request);
    } catch (error) {
      if (!(error instanceof StewardError) || error.code !== 'conflict') throw error;
      if (Date.now() >= deadline)
        throw new HttpError('conflict', error.message, { status: 409, headers: { 'Retry-After': '1' }, cause: error });
    }
    await sleep(pollMs);
  }
}

// The body as text: a JSON column would give it back with its keys in another order.
const stored = z.object({
  kind: z.enum(['json', 'secret', 'empty']),
  body: z.string(),
  location: z.string().nullable(),
});

type Kept = { readonly status: number; readonly response: JsonObject };

/** What is kept of an answer; null of a stream, which is opened again: what it is about was done once by its message id. */
function toStored(reply: Reply, showsSecret: boolean): Kept | null {
  if (reply.kind === 'empty') return { status: reply.status, response: { kind: 'empty', body: '', location: null } };
  if (reply.kind !== 'json') return null;
  if (showsSecret) return { status: reply.status, response: { kind: 'secret', body: '', location: null } };
  return {
    status: reply.status,
    response: { kind: 'json', body: JSON.stringify(reply.body), location: reply.headers?.['Location'] ?? null },
  };
}

function replay(status: number, response: Json): Reply {
  const { kind, body, location } = stored.parse(response);
  if (kind === 'secret')
    throw new StewardError(
      'conflict',
      'This was done already, and its secret is shown only once. Make a new one with another Idempotency-Key.',
    );
  const headers = { 'Idempotent-Replayed': 'true', ...(location === null ? {} : { Location: location }) };
  return kind === 'empty'
    ? { kind: 'empty', status }
    : { kind: 'text', status, mediaType: 'application/json', text: body, headers };
}

export type OnceParams = {
  readonly store: IdempotencyStore;
  readonly request: IdempotentRequest;
  readonly waitMs: number;
  readonly showsSecret: boolean;
  /** Hears of a store that fails after the act. */
  readonly onTrouble: (error: unknown) => void;
};

/**
 * Does `act` once for a key and answers later requests with the first one's answer. An act that throws frees the key: it
 * did nothing, or what it did counts once by its message id. Throws `idempotency_conflict` for another body.
 */
export async function once(params: OnceParams, act: () => Promise<Reply>): Promise<Reply> {
  const { store, request, waitMs, showsSecret, onTrouble } = params;
  const claim = { userId: request.userId, key: request.key };
  const started = await begin(store, request, waitMs);
  if (started.kind === 'done') return replay(started.status, started.response);
  let reply: Reply;
  try {
    reply = await act();
  } catch (error) {
    await store.abandon(claim).catch(onTrouble);
    throw error;
  }
  // What was done is done, and the caller should hear of it even when it can't be remembered.
  const kept = toStored(reply, showsSecret);
  await (kept === null ? store.abandon(claim) : store.finish({ ...claim, ...kept })).catch(onTrouble);
  return reply;
}
