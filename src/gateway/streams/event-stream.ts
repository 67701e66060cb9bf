import { once } from 'node:events';
import type { Response } from 'express';
import { createEventBuffer } from 'better-sse';
import type { StreamEvent } from '../http/reply.ts';

export type StreamTiming = { readonly heartbeatMs: number; readonly stalledStreamMs: number };

export type StreamOptions = StreamTiming & {
  readonly closing: AbortSignal;
  /** Makes a problem document of an error, and logs what should be. */
  readonly describe: (error: unknown) => object;
};

// How long a reader waits before it connects again.
const retryMs = 1_000;

function openStream(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write(createEventBuffer().retry(retryMs).dispatch().read());
}

/** Returns once the reader has taken what was written. Throws (and cuts the connection) when it does not in time. */
async function drained(
  response: Response,
  limits: { readonly signal: AbortSignal; readonly stalledStreamMs: number },
): Promise<void> {
  if (!response.writableNeedDrain) return;
  const timeout = AbortSignal.timeout(limits.stalledStreamMs);
  try {
    await once(response, 'drain', { signal: AbortSignal.any([limits.signal, timeout]) });
  } catch (error) {
    if (timeout.aborted) response.destroy();
    throw error;
  }
}

/**
 * Sends events until they end, the reader leaves, or `closing` aborts. Reads on only when the reader has taken what was
 * sent (better-sse's own sessions queue without bound), so a slow reader costs one event and not the memory of all.
 * An error ends the stream with an event `problem`; the reader may connect again and go on from the last id.
 */
export async function sendEvents(
  response: Response,
  source: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  options: StreamOptions,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, options.closing]);
  openStream(response);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain && !response.writableEnded)
      response.write(createEventBuffer().comment('alive').dispatch().read());
  }, options.heartbeatMs);
  try {
    for await (const { id, event, data } of source(signal)) {
      if (signal.aborted) break;
      response.write(createEventBuffer().push(data, event, id).read());
      await drained(response, { signal, stalledStreamMs: options.stalledStreamMs });
    }
  } catch (error) {
    // The status is long sent; what went wrong can only be told as an event.
    if (!signal.aborted)
      response.write(createEventBuffer().event('problem').data(options.describe(error)).dispatch().read());
  } finally {
    clearInterval(heartbeat);
    gone.abort();
    response.end();
  }
}
