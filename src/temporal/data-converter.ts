import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec } from './payload-codec.ts';
import { createPayloadGuard } from './payload-guard.ts';

/** The converter for all connections of one edge: the size limit always, encryption when there is a key. */
export function createDataConverter(params: {
  readonly edge: 'client' | 'worker';
  readonly payloadKey: Uint8Array | null;
}): DataConverter {
  const guard = createPayloadGuard(params.edge);
  // Codecs encode in this order: the guard measures what the caller wrote.
  return { payloadCodecs: params.payloadKey === null ? [guard] : [guard, createPayloadCodec(params.payloadKey)] };
}
