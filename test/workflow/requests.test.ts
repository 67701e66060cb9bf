import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { RequestTiming } from '../../src/contract/request.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { expectSound, recordsOf } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, eventTypes, startRun, until, untilAsked, untilEnded } from '../support/runs.ts';

const vague = (): { readonly userPrompt: string } => ({ userPrompt: `Learn to play the oboe ${Date.now()}` });

async function notifications(steward: TestSteward, runId: string): Promise<readonly string[]> {
  const rows = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('notification_events')
        .select('event_type')
        .where('correlation_id', '=', runId)
        .orderBy('created_at')
        .execute(),
  );
  return rows.map((row) => row.event_type);
}

/** A Steward for the tests of a block, whose requests have this timing. */
function withTiming(timing: Partial<RequestTiming>): () => TestSteward {
  let steward: TestSteward | null = null;
  beforeAll(async () => {
    steward = await startProbeSteward({ temporalAddress: inject('temporalAddress'), timing });
  });
  afterAll(async () => await steward?.stop());
  return () => {
    if (steward === null) throw new Error('not started');
    return steward;
  };
}

describe('a request past its deadline, where the policy is to fail', () => {
  const steward = withTiming({ timeoutMs: 1_500, remindAfterMs: null, onDeadline: 'fail' });

  test('fails the run with the reason, and nothing is applied', async () => {
    const runId = await startRun(steward());
    const run = await untilEnded(steward(), runId);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'request_expired' } });
    expect(run.requests).toEqual([expect.objectContaining({ kind: 'approval', status: 'expired' })]);
    expect(run.steps.at(-1)).toMatchObject({ type: 'decision', status: 'failed' });
    expect(run.steps.at(-1)?.error).toContain('deadline');
    expect(await recordsOf(steward(), runId)).toEqual({ tasks: [], blocks: [] });
    await expectSound(steward(), runId);
  });

  test('takes the defaults of a question all the same, where each has one', async () => {
    const input = { script: 'question_after_calls', calls: 1, standing: 'green' };
    const runId = await startRun(steward(), { type: 'probe', input });
    const run = await untilEnded(steward(), runId);
    expect(run).toMatchObject({ status: 'completed', result: { answers: { color: 'green' } } });
    expect(run.steps.at(-1)?.reasoning).toContain('deadline');
    await expectSound(steward(), runId);
  });
});

describe('a request past its deadline, where the policy is the default', () => {
  const steward = withTiming({ timeoutMs: 1_500, remindAfterMs: null, onDeadline: 'default' });

  test('rejects a proposal that nobody looked at: silence is no consent', async () => {
    const runId = await startRun(steward(), { options: { maxRevisions: 0 } });
    const run = await untilEnded(steward(), runId);
    expect(run).toMatchObject({ status: 'completed', outcome: 'rejected' });
    expect(run.requests).toEqual([expect.objectContaining({ decision: 'reject' })]);
    expect(await recordsOf(steward(), runId)).toEqual({ tasks: [], blocks: [] });
    await expectSound(steward(), runId);
  });

  test('expires a question that has no default', async () => {
    const runId = await startRun(steward(), { type: 'probe', input: { script: 'question_after_calls', calls: 1 } });
    const run = await untilEnded(steward(), runId);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'request_expired' } });
    await expectSound(steward(), runId);
  });
});

describe('a request past its deadline, where the policy is to escalate', () => {
  const steward = withTiming({ timeoutMs: 1_000, remindAfterMs: null, onDeadline: 'escalate' });

  test('tells the person again and goes on waiting', async () => {
    const runId = await startRun(steward());
    const request = await untilAsked(steward(), runId, 'approval');
    const later = await until('the deadline has moved', async () => {
      const { items } = await steward().api.listRequests({ runId });
      const [now] = items;
      return now?.deadline === request.deadline ? null : (now ?? null);
    });
    expect(later.status).toBe('open');
    expect(Date.parse(later.deadline ?? '')).toBeGreaterThan(Date.parse(request.deadline ?? ''));
    await approve(steward(), runId);
    expect(await untilEnded(steward(), runId)).toMatchObject({ status: 'completed' });
    const events = await steward().api.listEvents({ runId, limit: 500 });
    expect(events.filter((event) => event.type === 'request.reminded').at(0)?.data).toMatchObject({ escalated: true });
    expect(await notifications(steward(), runId)).toContain('request.reminded');
    await expectSound(steward(), runId);
  });
});

describe('a reminder', () => {
  const steward = withTiming({ timeoutMs: 60_000, remindAfterMs: 500, onDeadline: 'fail' });

  test('comes once, as an event and as a notification', async () => {
    const runId = await startRun(steward(), { input: vague() });
    const request = await untilAsked(steward(), runId, 'clarification');
    await until('the reminder', async () =>
      (await eventTypes(steward(), runId)).includes('request.reminded') ? true : null,
    );
    expect((await steward().api.listRequests({ runId })).items[0]).toMatchObject({ id: request.id, status: 'open' });
    const value = Object.fromEntries(request.questions.map((one) => [one.key, one.default ?? 'Play one song']));
    await steward().api.answerRequest({ requestId: request.id, value });
    await approve(steward(), runId);
    await untilEnded(steward(), runId);
    const events = await steward().api.listEvents({ runId, limit: 500 });
    const reminded = events.filter((event) => event.type === 'request.reminded');
    expect(reminded.filter((event) => event.data['requestId'] === request.id)).toHaveLength(1);
    expect(await notifications(steward(), runId)).toEqual(
      expect.arrayContaining(['request.opened', 'request.reminded']),
    );
    await expectSound(steward(), runId);
  });
});
