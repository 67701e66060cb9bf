import { beforeEach, describe, expect, it } from 'vitest';
import { advanceSchedule } from '../../../activities/schedules/advance.ts';
import type { Advanced } from '../../../activities/schedules/api.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { createCatalog } from '../../../workflows/catalog.ts';
import { json } from '../../../src/db/values.ts';
import { backends } from '../support/backends.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';

type Given = {
  readonly overlap?: 'skip' | 'start';
  readonly catch_up?: 'latest' | 'skip';
  readonly input?: JsonObject;
  readonly until_at?: string;
};

const nine = '2026-03-03T09:00:00.000Z';

describe.each(backends)('a schedule on $name', ({ start: startDatabase }) => {
  const database = useDatabase(startDatabase);
  let world: World;
  beforeEach(async () => {
    world = await newWorld(database());
  });

  /** A schedule for 9:00 UTC every day whose next instant is 3 March. */
  async function daily({ input = { userPrompt: 'Plan my day' }, ...given }: Given = {}): Promise<string> {
    return await database().asService(async (tx) => {
      const row = {
        user_id: world.userId,
        name: 'Daily',
        workflow_type: 'sample',
        cron: '0 9 * * *',
        time_zone: 'UTC',
      };
      const { id } = await tx
        .insertInto('run_schedules')
        .values({ ...row, ...given, input: json(input), next_at: nine, max_attempts: 4 })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    });
  }

  async function advanceAt(id: string, time: string): Promise<Advanced> {
    return await advanceSchedule({ ...world.deps, now: () => new Date(time) }, { scheduleId: id });
  }

  async function stateOf(id: string) {
    return await database().asService(async (tx) => ({
      schedule: await tx.selectFrom('run_schedules').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      runs: await tx
        .selectFrom('agentic_workflows')
        .selectAll()
        .where('started_by', '=', `schedule:${id}`)
        .orderBy('created_at')
        .execute(),
      outbox: await tx.selectFrom('outbox').selectAll().where('user_id', '=', world.userId).execute(),
    }));
  }

  async function finishRuns(id: string): Promise<void> {
    await database().asService(
      async (tx) =>
        await tx
          .updateTable('agentic_workflows')
          .set({ status: 'completed' })
          .where('started_by', '=', `schedule:${id}`)
          .execute(),
    );
  }

  it('starts nothing before its time, and says how long that is', async () => {
    const id = await daily();
    expect(await advanceAt(id, '2026-03-03T08:59:00.000Z')).toEqual({ waitMs: 60_000 });
    expect((await stateOf(id)).runs).toEqual([]);
  });

  it('starts the run that is due, through the outbox, once however often it is asked', async () => {
    const id = await daily();
    const dayMs = 86_400_000;
    expect(await advanceAt(id, nine)).toEqual({ waitMs: dayMs });
    expect(await advanceAt(id, nine)).toEqual({ waitMs: dayMs });
    const { schedule, runs, outbox } = await stateOf(id);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ status: 'queued', name: 'Daily', max_attempts: 4, user_id: world.userId });
    expect(outbox.map((entry) => [entry.kind, entry.run_id])).toEqual([['start_run', runs[0]?.id]]);
    expect(schedule).toMatchObject({
      next_at: '2026-03-04T09:00:00.000Z',
      last_run_at: nine,
      last_run_id: runs[0]?.id,
      last_error: null,
    });
  });

  it('never starts an instant twice, even when its row forgot that it did', async () => {
    const id = await daily();
    await advanceAt(id, nine);
    await finishRuns(id);
    await database().asService(
      async (tx) => await tx.updateTable('run_schedules').set({ next_at: nine }).where('id', '=', id).execute(),
    );
    await advanceAt(id, nine);
    expect((await stateOf(id)).runs).toHaveLength(1);
  });

  it('skips an instant while the previous run goes on, unless it may start another', async () => {
    const skipping = await daily();
    const starting = await daily({ overlap: 'start' });
    for (const id of [skipping, starting])
      for (const day of ['03', '04']) await advanceAt(id, `2026-03-${day}T09:00:00.000Z`);
    const skipped = await stateOf(skipping);
    expect([skipped.runs.length, skipped.schedule.last_skipped_at]).toEqual([1, '2026-03-04T09:00:00.000Z']);
    expect((await stateOf(starting)).runs).toHaveLength(2);
    await finishRuns(skipping);
    await advanceAt(skipping, '2026-03-05T09:00:00.000Z');
    expect((await stateOf(skipping)).runs).toHaveLength(2);
  });

  it('makes one run for all that was missed, for the latest instant, or none', async () => {
    const latest = await daily();
    const none = await daily({ catch_up: 'skip' });
    for (const id of [latest, none]) await advanceAt(id, '2026-03-10T15:00:00.000Z');
    const caught = await stateOf(latest);
    expect([caught.runs.length, caught.schedule.last_run_at]).toEqual([1, '2026-03-10T09:00:00.000Z']);
    const skipped = await stateOf(none);
    expect([skipped.runs.length, skipped.schedule.last_skipped_at]).toEqual([0, '2026-03-10T09:00:00.000Z']);
    for (const { schedule } of [caught, skipped]) expect(schedule.next_at).toBe('2026-03-11T09:00:00.000Z');
  });

  it('shows what speaks against a start, goes on, and forgets it when a start went well', async () => {
    const id = await daily({ input: { userPrompt: 7 } });
    await advanceAt(id, nine);
    const wrong = await stateOf(id);
    expect(wrong.runs).toEqual([]);
    expect(wrong.schedule).toMatchObject({ status: 'active', next_at: '2026-03-04T09:00:00.000Z' });
    expect(wrong.schedule.last_error).toContain('input.userPrompt');
    const gone = { ...world.deps, catalog: createCatalog([]), now: () => new Date('2026-03-04T09:00:00.000Z') };
    await advanceSchedule(gone, { scheduleId: id });
    expect((await stateOf(id)).schedule.last_error).toContain('"sample"');
    await database().asService(
      async (tx) =>
        await tx
          .updateTable('run_schedules')
          .set({ input: json({ userPrompt: 'Plan my day' }) })
          .where('id', '=', id)
          .execute(),
    );
    await advanceAt(id, '2026-03-05T09:00:00.000Z');
    const mended = await stateOf(id);
    expect([mended.runs.length, mended.schedule.last_error]).toEqual([1, null]);
  });

  it('is finished after its last instant, and has nothing to wait for once it is gone', async () => {
    const id = await daily({ until_at: '2026-03-03T12:00:00.000Z' });
    expect(await advanceAt(id, nine)).toEqual({ waitMs: null });
    expect((await stateOf(id)).schedule).toMatchObject({ status: 'finished', next_at: null });
    await database().asService(async (tx) => await tx.deleteFrom('run_schedules').where('id', '=', id).execute());
    expect(await advanceAt(id, nine)).toEqual({ waitMs: null });
  });
});
