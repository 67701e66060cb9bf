import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ScheduleView } from '../../src/api/schedules-api.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { until, untilEnded } from '../support/runs.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => {
  const { items } = await steward.api.listSchedules({});
  for (const { id } of items) await steward.api.deleteSchedule({ id });
  for (const { id } of items) await untilAsleep(id);
  await steward.stop();
});

async function statusOf(id: string): Promise<string> {
  return (await steward.client.workflow.getHandle(`steward-schedule-${id}`).describe()).status.name;
}

async function untilAsleep(id: string): Promise<void> {
  await until('its workflow has ended', async () => ((await statusOf(id)) === 'COMPLETED' ? true : null));
}

async function make(): Promise<ScheduleView> {
  return await steward.api.createSchedule({
    type: 'probe',
    input: { script: 'calls' },
    cron: '0 0 1 1 *',
    timeZone: 'Europe/Berlin',
  });
}

/** Moves the next instant close, as if it had been that long ago that the schedule was made. */
async function dueIn(id: string, ms: number): Promise<void> {
  await steward.database.asService(
    async (tx) =>
      await tx
        .updateTable('run_schedules')
        .set({ next_at: new Date(Date.now() + ms) })
        .where('id', '=', id)
        .execute(),
  );
  await steward.api.changeSchedule({ id, changes: { priority: 3 } });
}

async function untilStarted(id: string): Promise<string> {
  return await until('its run is there', async () => (await steward.api.getSchedule({ id })).lastRunId);
}

describe('a schedule', () => {
  test('starts its run when it is due, moves on, and waits for the next time', async () => {
    const { id, nextAt } = await make();
    await dueIn(id, 1_000);
    const runId = await untilStarted(id);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', priority: 3 });
    expect((await steward.api.getSchedule({ id })).nextAt).toBe(nextAt);
    expect(await statusOf(id)).toBe('RUNNING');
  });

  test('starts its run once when its workers come back after the time has passed', async () => {
    const { id } = await make();
    await dueIn(id, 1_500);
    await steward.stopWorkers();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await steward.startWorkers();
    await untilStarted(id);
    const started = await steward.database.asService(
      async (tx) =>
        await tx.selectFrom('agentic_workflows').select('id').where('started_by', '=', `schedule:${id}`).execute(),
    );
    expect(started).toHaveLength(1);
  });

  test('ends its workflow while it is paused, and takes it up again when it is resumed', async () => {
    const { id } = await make();
    await steward.api.pauseSchedule({ id });
    await untilAsleep(id);
    await steward.api.resumeSchedule({ id });
    await until('it waits again', async () => ((await statusOf(id)) === 'RUNNING' ? true : null));
    await dueIn(id, 100);
    await untilStarted(id);
  });

  test('leaves nothing behind when it is removed', async () => {
    const { id } = await make();
    await until('it waits', async () => ((await statusOf(id)) === 'RUNNING' ? true : null));
    await steward.api.deleteSchedule({ id });
    await untilAsleep(id);
  });
});
