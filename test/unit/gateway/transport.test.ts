import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/api/http-client.ts';

type Sent = { readonly url: string; readonly init: RequestInit };

/** A client whose exchanges are answered one after the other by `answers`, and what it sent. */
function clientOf(answers: readonly (() => Response)[]): {
  readonly api: ReturnType<typeof createHttpClient>;
  readonly sent: readonly Sent[];
} {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const answer = answers[sent.length];
    sent.push({ url: typeof input === 'string' ? input : '', init });
    if (answer === undefined) throw new TypeError('fetch failed');
    return await Promise.resolve(answer());
  };
  return { api: createHttpClient({ baseUrl: 'http://steward.test/', token: 'stw_x', fetch, retryMs: 1 }), sent };
}

const away = (): Response => new Response('', { status: 503, headers: { 'Retry-After': '0' } });
const page = (): Response => Response.json({ data: [], nextCursor: null });

function keyOf(one: Sent | undefined): string | null {
  return new Headers(one?.init.headers).get('idempotency-key');
}

describe('the client', () => {
  it('tries a read again that got lost, or that the server asks it to', async () => {
    const { api, sent } = clientOf([() => new Response('', { status: 502 }), away, page]);
    expect(await api.listRuns({ status: 'queued', limit: 5 })).toEqual({ items: [], nextCursor: null });
    expect(sent.map(({ url }) => url)).toEqual(
      Array.from({ length: 3 }, () => 'http://steward.test/api/runs?status=queued&limit=5'),
    );
  });

  it('gives up after four tries', async () => {
    const { api, sent } = clientOf([]);
    await expect(api.listRuns({})).rejects.toMatchObject({ code: 'unavailable' });
    expect(sent).toHaveLength(4);
  });

  it('sends a POST again only when the server asks for it, with the same key', async () => {
    const receipt = (): Response => Response.json({ data: { accepted: true, duplicate: false } });
    const asked = clientOf([away, receipt]);
    await asked.api.pauseRun({ runId: 'r', reason: 'lunch' });
    expect(asked.sent).toHaveLength(2);
    expect(keyOf(asked.sent[0])).toMatch(/^[0-9a-f-]{36}$/);
    expect(keyOf(asked.sent[1])).toBe(keyOf(asked.sent[0]));
    const lost = clientOf([]);
    await expect(lost.api.pauseRun({ runId: 'r' })).rejects.toMatchObject({ code: 'unavailable' });
    expect(lost.sent).toHaveLength(1);
  });

  it('sends the id of a message as its key and nowhere else', async () => {
    const { api, sent } = clientOf([() => Response.json({ data: {} })]);
    await api.decideRequest({ requestId: 'q', decision: 'approve', digest: 'd', messageId: 'message-1' });
    expect([keyOf(sent[0]), sent[0]?.init.body]).toEqual([
      'message-1',
      JSON.stringify({ decision: 'approve', digest: 'd' }),
    ]);
  });

  it('waits no longer than ten seconds for a server that asks for patience', async () => {
    const { api, sent } = clientOf([() => new Response('', { status: 503, headers: { 'Retry-After': '3600' } })]);
    await expect(api.listRuns({})).rejects.toMatchObject({ code: 'unavailable' });
    expect(sent).toHaveLength(1);
  });

  it('keeps ids from reaching beyond their place in an address', async () => {
    const { api, sent } = clientOf([() => Response.json({ data: {} })]);
    await api.getRun({ runId: '../tokens?x=1' });
    expect(sent[0]?.url).toBe('http://steward.test/api/runs/..%2Ftokens%3Fx%3D1');
  });

  it('says so when something else answers at the address', async () => {
    const { api } = clientOf([() => new Response('<html>', { status: 200 })]);
    await expect(api.listRuns({})).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('is this its address?'),
    });
  });
});
