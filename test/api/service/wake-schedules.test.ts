import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wakeActive } from '../../../src/api/service/schedules/wake-active.ts';
import { startTimeoutMs } from '../../db/support/backends.ts';
import { ann, startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

let test: TestService;
beforeAll(async () => {
  test = await startTestService();
}, startTimeoutMs);
afterAll(async () => await test.stop());

/** Schedules that Temporal is to be told of, in order. */
async function kept(): Promise<readonly unknown[]> {
  const rows = await test.db.database.asService(
    async (tx) =>
      await tx.selectFrom('outbox').select('payload').where('kind', '=', 'schedule_changed').orderBy('id').execute(),
  );
  return rows.map(({ payload }) => payload['scheduleId']);
}

describe('schedules while Temporal is away', () => {
  it('keep what changes for when it is back, and are looked after again when it lost its data', async () => {
    const api = test.as(ann);
    const input = { userPrompt: 'Plan my week' };
    const active = await api.createSchedule({ type: 'sample', input, cron: '0 7 * * MON' });
    const paused = await api.createSchedule({ type: 'sample', input, cron: '0 7 * * MON', paused: true });
    expect(await kept()).toEqual([active.id, paused.id]);
    expect(await wakeActive(test.db.database)).toBe(1);
    await api.deleteSchedule({ id: paused.id });
    expect(await kept()).toEqual([active.id, paused.id, active.id, paused.id]);
  });
});
