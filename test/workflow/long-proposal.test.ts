import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { RequestView } from '../../src/contract/views.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { expectSound } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';
import { handleOf, startRun, until, untilAsked, untilEnded, update } from '../support/runs.ts';

const tasks = 4_200;
// One operation is the project.
const all = tasks + 1;
const patient = 240_000;

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

async function start(): Promise<{ readonly runId: string; readonly request: RequestView }> {
  const input = { script: 'apply', tasks };
  const runId = await startRun(steward, { type: 'probe', input, options: { requireConfirmation: true } });
  const request = await until('it asks', async () => await untilAsked(steward, runId, 'approval'), patient);
  return { runId, request };
}

async function taskCount(runId: string): Promise<number> {
  const { count } = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('tasks')
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('source_run_id', '=', runId)
        .where('deleted_at', 'is', null)
        .executeTakeFirstOrThrow(),
  );
  return count;
}

/** An undo that takes longer than a request may goes on by itself. */
async function undo(proposalId: string): Promise<void> {
  try {
    expect(await steward.api.undoProposal({ proposalId })).toMatchObject({ undone: all - 2, kept: [] });
  } catch (error) {
    expect(error).toMatchObject({ code: 'unavailable' });
  }
  const undone = async (): Promise<true | null> =>
    (await steward.api.getProposal({ proposalId, limit: 1 })).status === 'undone' ? true : null;
  await until('it is undone', undone, patient);
}

/** The largest event of the run's history, in bytes of JSON. */
async function largestEvent(runId: string): Promise<number> {
  const { events } = await handleOf(steward, runId).fetchHistory();
  return Math.max(...(events ?? []).map((event) => JSON.stringify(event).length));
}

describe('a proposal of thousands of operations', () => {
  test('is approved in part, applied once, and undone, with a history that does not grow with it', async () => {
    const { runId, request } = await start();
    const proposalId = request.proposalId ?? '';
    const unknown = steward.api.decideRequest({ requestId: request.id, decision: 'approve', except: ['task-0'] });
    await expect(unknown).rejects.toMatchObject({ code: 'invalid_input' });
    const decided = { decision: 'approve', except: ['task-1', 'task-4200'], digest: request.digest ?? '' } as const;
    await steward.api.decideRequest({ requestId: request.id, ...decided });
    const run = await until('it ends', async () => await untilEnded(steward, runId), patient);
    expect(run).toMatchObject({ status: 'completed', result: { applied: all - 2, refused: 2, failed: 0 } });
    expect(await taskCount(runId)).toBe(tasks - 2);
    await expectSound(steward, runId);
    expect(await largestEvent(runId)).toBeLessThan(30_000);
    const events = await steward.api.listEvents({ runId, limit: 500 });
    expect(events.some(({ type }) => type === 'operations.progress')).toBe(true);
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(30_000);
    const page = await steward.api.getProposal({ proposalId });
    expect(page).toMatchObject({ operationCount: all, statuses: { applied: all - 2, refused: 2 } });
    expect(page.operations).toHaveLength(500);
    await undo(proposalId);
    expect(await taskCount(runId)).toBe(0);
    expect((await steward.api.getProposal({ proposalId, limit: 1 })).statuses).toEqual({ undone: all - 2, refused: 2 });
  }, 600_000);

  test('takes a long choice through the service, and a wrong one by a message is refused and ends nothing', async () => {
    const { runId, request } = await start();
    const wrong = { decision: 'approve', operations: ['task-1'] };
    expect(await update(steward, runId, { decide: wrong })).toEqual({ refused: 'invalid_input' });
    await handleOf(steward, runId).signal('decide', { decision: 'approve', except: ['task-0'] });
    const noted = await until('the signal is noted', async () => {
      const events = await steward.api.listEvents({ runId, limit: 500 });
      return events.find(({ type }) => type === 'message.ignored') ?? null;
    });
    expect(noted.data['reason']).toContain('task-0 is not an operation');
    const odd = Array.from({ length: tasks }, (_none, index) => `task-${String(index + 1)}`).filter(
      (_id, index) => index % 2 === 0,
    );
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations: ['project', ...odd] });
    const run = await until('it ends', async () => await untilEnded(steward, runId), patient);
    expect(run).toMatchObject({ result: { applied: odd.length + 1, refused: tasks - odd.length, failed: 0 } });
    expect(await taskCount(runId)).toBe(odd.length);
    expect(await largestEvent(runId)).toBeLessThan(30_000);
  }, 600_000);
});
