import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { json } from '../../src/db/values.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { ann, ben } from './service/support/test-service.ts';
import { call, named } from './support/call.ts';
import type { Answer } from './support/call.ts';
import { startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
let other: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  token = await gateway.token(ann, ['runs']);
  other = await gateway.token(ben, ['runs']);
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

const job = { userId: ann, jobType: 'sample', metadata: { userPrompt: 'paint the fence' } };

async function jobs(method: string, path = '', options: Parameters<typeof call>[2] = {}): ReturnType<typeof call> {
  return await call(`${gateway.url}/queue/jobs${path}`, method, { token, ...options });
}

function idOf({ body }: Answer): string {
  const { id } = body;
  return typeof id === 'string' ? id : '';
}

describe('a queue’s jobs', () => {
  it('are runs with the columns of the queue’s table', async () => {
    const scheduledFor = new Date(Date.now() + 3_600_000).toISOString();
    const made = await jobs('POST', '', { body: { ...job, scheduledFor, maxAttempts: 5, priority: 1, dedupKey: 'a' } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      user_id: ann,
      job_type: 'sample',
      status: 'pending',
      metadata: job.metadata,
      scheduled_for: scheduledFor,
      attempts: 0,
      max_attempts: 5,
      priority: 1,
      result: null,
      error_message: null,
      dedup_key: 'a',
      started_at: null,
      completed_at: null,
    });
    const found = await jobs('GET', `/${idOf(made)}`);
    expect(found.body).toEqual(made.body);
    expect((await gateway.test.as(ann).getRun({ runId: idOf(made) })).maxAttempts).toBe(5);
  });

  it('have what such a table gives them where nothing is said', async () => {
    expect((await jobs('POST', '', { body: job })).body).toMatchObject({ priority: 10, max_attempts: 3 });
  });

  it('are added once under a dedupKey', async () => {
    const first = await jobs('POST', '', { body: { ...job, dedupKey: 'once' } });
    const second = await jobs('POST', '', { body: { ...job, dedupKey: 'once' } });
    expect([first.status, second.status, second.body['id']]).toEqual([201, 200, first.body['id']]);
  });

  it('are listed by status, and seen by their user alone', async () => {
    const made = await jobs('POST', '', { body: job });
    await jobs('POST', `/${idOf(made)}/cancel`, { body: { reason: 'not needed' } });
    const idsOf = async (query: string): Promise<readonly unknown[]> => {
      const { body: page } = await jobs('GET', query);
      return (page['jobs'] as readonly { readonly id: unknown }[]).map(({ id }) => id);
    };
    expect(await idsOf('?status=cancelled&jobType=sample')).toEqual([idOf(made)]);
    expect(await idsOf('?status=pending')).not.toContain(idOf(made));
    expect((await jobs('GET', `/${idOf(made)}`)).body['status']).toBe('cancelled');
    expect((await jobs('GET', `/${idOf(made)}`, { token: other })).status).toBe(404);
  });

  it('name each wrong field, and belong to nobody but the token’s user', async () => {
    const wrong = await jobs('POST', '', { body: { ...job, priority: 0, maxAttempts: 11, colour: 'red' } });
    expect([wrong.status, named(wrong)]).toEqual([422, ['colour', 'maxAttempts', 'priority']]);
    expect((await jobs('POST', '', { body: { ...job, userId: ben } })).status).toBe(403);
    const admin = await gateway.token(ann, ['admin']);
    const nobody = { ...job, userId: '00000000-0000-7000-8000-0000000000ff' };
    const lost = await jobs('POST', '', { body: nobody, token: admin });
    expect([lost.status, named(lost)]).toEqual([422, ['userId']]);
    const unknown = await jobs('GET', '?status=asleep');
    expect([unknown.status, named(unknown)]).toEqual([422, ['status']]);
  });

  it('are processing while their run works, waits for a person or is paused, and no page loses one', async () => {
    const standings = [
      { status: 'running', waiting: null, shown: 'processing' },
      { status: 'waiting', waiting: 'approval', shown: 'processing' },
      { status: 'paused', waiting: null, shown: 'processing' },
      { status: 'waiting', waiting: 'timer', shown: 'retrying' },
      { status: 'paused', waiting: 'timer', shown: 'retrying' },
    ] as const;
    const expected: Record<string, string[]> = { processing: [], retrying: [] };
    for (const { status, waiting, shown } of standings) {
      const made = await jobs('POST', '', { body: { ...job, userId: ben }, token: other });
      const on = { kind: waiting ?? 'worker', id: 'x', since: new Date().toISOString(), deadline: null };
      const row = { status, waiting_on: waiting === null ? null : json(on) };
      await gateway.test.db.database.asService(
        async (tx) => await tx.updateTable('agentic_workflows').set(row).where('id', '=', idOf(made)).execute(),
      );
      expected[shown]?.unshift(idOf(made));
    }
    for (const [status, ids] of Object.entries(expected)) {
      const found: unknown[] = [];
      for (let cursor: unknown = ''; typeof cursor === 'string';) {
        const after = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body: page } = await jobs('GET', `?status=${status}&limit=1${after}`, { token: other });
        found.push(...(page['jobs'] as readonly unknown[]));
        cursor = page['nextCursor'];
      }
      expect(found).toMatchObject(ids.map((id) => ({ id, status, metadata: job.metadata })));
    }
  });
});
