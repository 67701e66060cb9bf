import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import proto from '@temporalio/proto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { StewardError } from '../contract/errors.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const encoding = 'binary/encrypted';
const ivBytes = 12;
const tagBytes = 16;

function text(bytes: Uint8Array | null | undefined): string {
  return bytes === null || bytes === undefined ? '' : Buffer.from(bytes).toString('utf8');
}

function bytes(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'utf8'));
}

// Says which key was used without saying anything about it.
function nameKey(key: Uint8Array): string {
  return createHash('sha256').update('steward payload key').update(key).digest('hex').slice(0, 16);
}

type Key = { readonly key: Uint8Array; readonly id: string };

function encrypt(payload: Payload, { key, id }: Key): Payload {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const plain = PayloadMessage.encode(payload).finish();
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: bytes(encoding), 'encryption-key-id': bytes(id) }, data: new Uint8Array(data) };
}

function decrypt(payload: Payload, { key, id }: Key): Payload {
  if (text(payload.metadata?.['encoding']) !== encoding) return payload;
  const used = text(payload.metadata?.['encryption-key-id']);
  if (used !== id) {
    const message = `A payload was encrypted with key ${used}, and STEWARD_PAYLOAD_KEY is key ${id}: set the key that was used.`;
    throw new StewardError('internal', message);
  }
  const data = Buffer.from(payload.data ?? new Uint8Array());
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(data.subarray(data.length - tagBytes));
  const plain = Buffer.concat([decipher.update(data.subarray(ivBytes, data.length - tagBytes)), decipher.final()]);
  return PayloadMessage.decode(plain);
}

/**
 * Encrypts payloads with AES-256-GCM; `key` has 32 bytes. Payloads that came in plain (from the `temporal` command, or from
 * before the key was set) are read as they are. Decoding throws when the key is another one or the bytes were changed.
 */
export function createPayloadCodec(key: Uint8Array): PayloadCodec {
  const named: Key = { key, id: nameKey(key) };
  return {
    encode: async (payloads) => await Promise.resolve(payloads.map((payload) => encrypt(payload, named))),
    // The promise turns a throw of the cipher into a rejection.
    decode: async (payloads) => await Promise.resolve(payloads.map((payload) => decrypt(payload, named))),
  };
}
