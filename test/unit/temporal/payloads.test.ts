import { randomBytes } from 'node:crypto';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StewardError } from '../../../src/contract/errors.ts';
import { createDataConverter } from '../../../src/temporal/data-converter.ts';
import { createPayloadCodec } from '../../../src/temporal/payload-codec.ts';
import { createPayloadGuard, maxPayloadBytes } from '../../../src/temporal/payload-guard.ts';

const key = randomBytes(32);

async function encrypt(value: unknown): Promise<Payload> {
  const [payload] = await createPayloadCodec(key).encode([defaultPayloadConverter.toPayload(value)]);
  if (payload === undefined) throw new Error('The codec lost the payload.');
  return payload;
}

async function decrypt(payload: Payload, withKey: Uint8Array = key): Promise<unknown> {
  const [plain] = await createPayloadCodec(withKey).decode([payload]);
  return plain === undefined ? undefined : defaultPayloadConverter.fromPayload(plain);
}

describe('the payload codec', () => {
  test('gives back what went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value));
        expect(await decrypt(await encrypt(value))).toEqual(expected);
      }),
    );
  });

  test('hides the content, and encrypts the same content differently each time', async () => {
    const [one, other] = [await encrypt('a private plan'), await encrypt('a private plan')];
    expect(Buffer.from(one.data ?? []).includes('private')).toBe(false);
    expect(one.data).not.toEqual(other.data);
  });

  test('reads what was never encrypted, as the temporal command sends it', async () => {
    expect(await decrypt(defaultPayloadConverter.toPayload({ a: 1 }))).toEqual({ a: 1 });
  });

  test('refuses changed bytes', async () => {
    const payload = await encrypt({ a: 1 });
    const data = Uint8Array.from(payload.data ?? []);
    data[data.length - 20] = (data[data.length - 20] ?? 0) ^ 1;
    await expect(decrypt({ ...payload, data })).rejects.toThrow(/authenticate/);
  });

  test('names the keys, but not their bytes, when the key is another one', async () => {
    const failure = decrypt(await encrypt(1), randomBytes(32));
    await expect(failure).rejects.toThrow(/encrypted with key [0-9a-f]{16}, and STEWARD_PAYLOAD_KEY is key/);
  });
});

describe('the payload guard', () => {
  const payload = (bytes: number): Payload => ({ metadata: {}, data: new Uint8Array(bytes) });

  test('lets 256 KB through and nothing more', async () => {
    const guard = createPayloadGuard('client');
    await expect(guard.encode([payload(maxPayloadBytes)])).resolves.toHaveLength(1);
    const refused = guard.encode([payload(1), payload(maxPayloadBytes + 1)]);
    await expect(refused).rejects.toMatchObject({ code: 'payload_too_large', details: { bytes: maxPayloadBytes + 1 } });
    await expect(refused).rejects.toBeInstanceOf(StewardError);
  });

  test('ends an activity for good in a worker, since a retry would give the same bytes', async () => {
    const refused = createPayloadGuard('worker').encode([payload(maxPayloadBytes + 1)]);
    await expect(refused).rejects.toMatchObject({ type: 'payload_too_large', nonRetryable: true });
    await expect(refused).rejects.toBeInstanceOf(ApplicationFailure);
  });

  test('reads payloads of any size, so that a lowered limit locks nobody out', async () => {
    await expect(createPayloadGuard('client').decode([payload(maxPayloadBytes * 2)])).resolves.toHaveLength(1);
  });
});

describe('the data converter', () => {
  test('measures before it encrypts, so that the limit means what the caller wrote', async () => {
    const codecs = createDataConverter({ edge: 'client', payloadKey: key }).payloadCodecs ?? [];
    let payloads: Payload[] = [{ metadata: {}, data: new Uint8Array(maxPayloadBytes) }];
    for (const codec of codecs) payloads = await codec.encode(payloads);
    expect(codecs).toHaveLength(2);
    expect(payloads[0]?.data?.length).toBeGreaterThan(maxPayloadBytes);
  });

  test('encrypts nothing without a key', () => {
    expect(createDataConverter({ edge: 'worker', payloadKey: null }).payloadCodecs).toHaveLength(1);
  });
});
