import { expect, it } from 'vitest';
import type { World } from './steward-api.suite.ts';
import { pathsOf, refused } from './support/refused.ts';

/** The part of the suite that is about schedules. */
export function describeSchedules(world: World): void {
  const weekly = { cron: '0 7 * * MON', timeZone: 'Europe/Berlin' };

  it('makes a schedule that its owner finds, changes, pauses, resumes and removes, and nobody else', async () => {
    const { api, other, start } = world();
    const made = await api.createSchedule({ ...start, ...weekly, name: 'Weekly', maxAttempts: 3 });
    expect(made).toMatchObject({
      name: 'Weekly',
      status: 'active',
      overlap: 'skip',
      catchUp: 'latest',
      maxAttempts: 3,
    });
    expect(new Date(made.nextAt ?? '').getUTCDay()).toBe(1);
    const { id } = made;
    expect((await api.listSchedules({})).items.map((one) => one.id)).toContain(id);
    expect((await other.listSchedules({})).items).toEqual([]);
    expect((await refused(other.deleteSchedule({ id }))).code).toBe('not_found');
    const changed = await api.changeSchedule({ id, changes: { cron: '0 7 * * TUE', until: '2999-01-01T00:00:00Z' } });
    expect([changed.name, new Date(changed.nextAt ?? '').getUTCDay()]).toEqual(['Weekly', 2]);
    expect(await api.pauseSchedule({ id })).toMatchObject({ status: 'paused', nextAt: null });
    expect(await api.resumeSchedule({ id })).toMatchObject({ status: 'active', nextAt: changed.nextAt });
    await api.deleteSchedule({ id });
    expect((await refused(api.getSchedule({ id }))).code).toBe('not_found');
  });

  it('takes the person’s own time zone where none is said', async () => {
    const { api, start } = world();
    await api.setUserContext({ changes: { timezone: 'Asia/Tokyo' } });
    expect((await api.createSchedule({ ...start, cron: '0 7 * * *', paused: true })).timeZone).toBe('Asia/Tokyo');
  });

  it('starts a run of it now, when asked, and says so', async () => {
    const { api, start } = world();
    const { id } = await api.createSchedule({ ...start, ...weekly, name: 'Now', priority: 2, paused: true });
    const { run, created } = await api.triggerSchedule({ id, messageId: 'suite-now' });
    expect([created, run.name, run.priority]).toEqual([true, 'Now', 2]);
    expect(await api.getSchedule({ id })).toMatchObject({ lastRunId: run.id, status: 'paused' });
  });

  it('names every wrong field of a schedule at once', async () => {
    const { api, start } = world();
    const wrong = {
      ...start,
      input: { projectId: 7 },
      cron: '99 7 * * *',
      timeZone: 'Europe/Atlantis',
      maxAttempts: 11,
    };
    const error = await refused(api.createSchedule(wrong));
    expect([error.code, pathsOf(error)]).toEqual([
      'invalid_input',
      ['cron', 'input.projectId', 'maxAttempts', 'timeZone'],
    ]);
    expect((await refused(api.createSchedule({ ...start, ...weekly, type: 'nothing' }))).code).toBe(
      'unknown_workflow_type',
    );
    const { id } = await api.createSchedule({ ...start, ...weekly, paused: true });
    expect(pathsOf(await refused(api.changeSchedule({ id, changes: { cron: 'soon' } })))).toEqual(['cron']);
  });

  it.each(['2026-03-01T09:00:00Z', '2026-03-01T09:00[Europe/Berlin]', '+01:00', 'Berlin', ''])(
    'refuses "%s" as a time zone, by its name',
    async (timeZone) => {
      const { api, start } = world();
      const refusal = await refused(api.createSchedule({ ...start, cron: '0 7 * * *', timeZone }));
      expect([refusal.code, pathsOf(refusal)]).toEqual(['invalid_input', ['timeZone']]);
    },
  );
}
