import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../src/calendar/ics/read.ts';
import { saveUserContext } from '../../../src/db/records/user-context.ts';
import { json } from '../../../src/db/values.ts';
import { backends } from '../support/backends.ts';
import { fixture, useCalendar } from './setup.ts';

describe.each(backends)('reading the local calendar on $name', ({ start }) => {
  const at = useCalendar(start);

  it('takes whole days, busy and free, where the person is', async () => {
    await at.calendar.importIcs({ userId: at.userId, text: fixture('days') });
    await at.calendar.createEvent(at.focus());
    const hours = { monday: [{ from: '08:00', to: '12:00' }], tuesday: [{ from: '08:00', to: '12:00' }] };
    await at.database.asUser(at.userId, (tx) =>
      saveUserContext(tx, { userId: at.userId, changes: { working_hours: json(hours) } }),
    );
    // The trip ends with Monday 30; Good Friday is marked as free.
    expect(await at.calendar.freeBusy({ userId: at.userId, from: '2026-03-30', to: '2026-04-04' })).toEqual({
      timeZone: 'Europe/Berlin',
      busy: [{ start: '2026-03-29T22:00:00.000Z', end: '2026-03-30T22:00:00.000Z' }],
      free: [{ start: '2026-03-31T06:00:00.000Z', end: '2026-03-31T10:00:00.000Z' }],
    });
  });

  it('gives out all events as a feed, under one secret at a time', async () => {
    await at.calendar.importIcs({ userId: at.userId, text: fixture('exceptions') });
    await at.calendar.createEvent(at.focus());
    const old = await at.calendar.createFeed({ userId: at.userId });
    const { secret } = await at.calendar.createFeed({ userId: at.userId });
    await expect(at.calendar.feed(old)).rejects.toMatchObject({ code: 'not_found' });
    const { events } = readCalendar(await at.calendar.feed({ secret }), { defaultTimeZone: 'UTC' });
    expect(events.map((event) => event.title)).toEqual(['Weekly, with everybody', 'Focus']);
    expect(
      await at.database.asUser(at.userId, (tx) => tx.selectFrom('calendar_feeds').select('secret_hash').execute()),
    ).not.toEqual([{ secret_hash: secret }]);
  });

  it.each([
    ['2026-03-30', '2026-03-30'],
    ['2026-03-30', 'soon'],
    ['2026-01-01', '2036-01-01'],
  ])('refuses to list from %s to %s', async (from, to) => {
    await expect(at.calendar.listInstances({ userId: at.userId, from, to })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
