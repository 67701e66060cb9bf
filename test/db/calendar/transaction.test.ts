import { describe, expect, it } from 'vitest';
import { createEvent } from '../../../src/calendar/local/events.ts';
import { backends } from '../support/backends.ts';
import { useCalendar } from './setup.ts';
import { newRun, newTask, newUser } from '../support/rows.ts';

describe.each(backends)('the local calendar beside other records on $name', ({ start }) => {
  const at = useCalendar(start);

  it('writes an event together with the rest of its transaction, or not at all', async () => {
    await expect(
      at.database.asUser(at.userId, async (tx) => {
        await createEvent(tx, at.focus());
        throw new Error('the rest fails');
      }),
    ).rejects.toThrow('the rest fails');
    expect(await at.titles('2026-03-30', '2026-03-31')).toEqual([]);
    await at.database.asUser(at.userId, async (tx) => {
      const [runId, taskId] = [await newRun(tx, at.userId), await newTask(tx, at.userId)];
      expect(await createEvent(tx, at.focus({ runId, taskId }))).toMatchObject({ outcome: 'created' });
      const rows = await tx.selectFrom('calendar_events').select(['source', 'run_id', 'task_id']).execute();
      expect(rows).toEqual([{ source: 'steward', run_id: runId, task_id: taskId }]);
    });
  });

  it('shows nobody the events of another', async () => {
    const { uid, etag } = await at.calendar.createEvent(at.focus());
    const other = await newUser(at.database);
    expect(
      (await at.calendar.listInstances({ userId: other, from: '2026-03-30', to: '2026-03-31' })).instances,
    ).toEqual([]);
    expect(await at.calendar.deleteEvent({ userId: other, uid, etag })).toMatchObject({ outcome: 'already_gone' });
    expect(await at.titles('2026-03-30', '2026-03-31')).toHaveLength(1);
  });
});
