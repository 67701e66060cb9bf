import { ApplicationFailure } from '@temporalio/common';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { StewardError } from '../contract/errors.ts';

/** 256 KB: larger values go by reference (the server's own limit of 2 MB fails the run). */
export const maxPayloadBytes = 256 * 1024;

function measure(payload: Payload): number {
  return payload.data?.length ?? 0;
}

function tooLarge(bytes: number, edge: 'client' | 'worker'): Error {
  const message = `A payload of ${bytes} bytes is over the limit of ${maxPayloadBytes}: keep the content in the database or file store and pass its id.`;
  // In a worker it must not be retried: the same activity would give the same bytes again.
  if (edge === 'worker') return ApplicationFailure.nonRetryable(message, 'payload_too_large');
  return new StewardError('payload_too_large', message, { details: { bytes, maxBytes: maxPayloadBytes } });
}

/**
 * A codec that changes nothing and lets no large payload through. At the `client` edge it throws `payload_too_large`, in a
 * `worker` a failure of that type which is not retried. It belongs before encryption, which adds some bytes.
 */
export function createPayloadGuard(edge: 'client' | 'worker'): PayloadCodec {
  return {
    encode: async (payloads) => {
      for (const payload of payloads) {
        const bytes = measure(payload);
        if (bytes > maxPayloadBytes) throw tooLarge(bytes, edge);
      }
      return await Promise.resolve(payloads);
    },
    decode: async (payloads) => await Promise.resolve(payloads),
  };
}
