import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCalendar } from '../../src/calendar/ics/read.ts';
import { createEvent } from '../../src/calendar/local/events.ts';
import { createLocalCalendar } from '../../src/calendar/local/provider.ts';
import type { CalendarProvider, NewEvent } from '../../src/calendar/provider.ts';
import { saveUserContext } from '../../src/db/records/user-context.ts';
import { json } from '../../src/db/values.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newTask, newUser } from './support/rows.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/ics/${name}.ics`, import.meta.url), 'utf8');
}

function series(fields: { readonly sequence?: number; readonly stamp?: string; readonly title?: string } = {}): string {
  const { sequence = 1, stamp = '20260101T000000Z', title = 'Series' } = fields;
  const lines = [
    'UID:s',
    `DTSTAMP:${stamp}`,
    'DTSTART:20260330T080000Z',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;COUNT=3',
    `SEQUENCE:${sequence}`,
    `SUMMARY:${title}`,
  ];
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
}

describe.each(backends)('the local calendar on $name', ({ start }) => {
  let running: TestDatabase;
  let calendar: CalendarProvider;
  let userId: string;

  beforeAll(async () => {
    running = await start();
    calendar = createLocalCalendar({ database: running.database });
  }, startTimeoutMs);
  afterAll(async () => running.stop());
  beforeEach(async () => {
    userId = await newUser(running.database);
    await running.database.asUser(userId, (tx) =>
      saveUserContext(tx, { userId, changes: { timezone: 'Europe/Berlin' } }),
    );
  });

  function focus(fields: Partial<NewEvent> = {}): NewEvent {
    const span = { start: '2026-03-30T07:00:00Z', end: '2026-03-30T08:30:00Z', timeZone: 'Europe/Berlin' };
    return {
      userId,
      eventId: '0192d2c1-7d3f-7000-8000-000000000001',
      title: 'Focus',
      ...span,
      description: null,
      taskId: null,
      runId: null,
      ...fields,
    };
  }

  async function titles(from: string, to: string): Promise<string[]> {
    const { instances } = await calendar.listInstances({ userId, from, to });
    return instances.map((instance) => `${instance.start} ${instance.title}`);
  }

  it('takes a file in once, however often it is imported', async () => {
    expect(await calendar.importIcs({ userId, text: fixture('exceptions') })).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      problems: [],
    });
    expect(await calendar.importIcs({ userId, text: fixture('exceptions') })).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
      skipped: 0,
      problems: [],
    });
    expect(await titles('2026-03-01', '2026-05-01')).toEqual([
      '2026-03-18T08:30:00Z Weekly, with everybody',
      '2026-03-25T08:30:00Z Weekly, with everybody',
      '2026-04-10T12:00:00Z Weekly, moved to Friday',
      '2026-04-22T07:30:00Z Weekly, with everybody',
    ]);
  });

  it('updates what changed, keeps what is newer, and does not mind a new export stamp', async () => {
    await calendar.importIcs({ userId, text: series() });
    expect(await calendar.importIcs({ userId, text: series({ stamp: '20270101T000000Z' }) })).toMatchObject({
      unchanged: 1,
      updated: 0,
    });
    expect(await calendar.importIcs({ userId, text: series({ sequence: 2, title: 'Moved' }) })).toMatchObject({
      updated: 1,
    });
    expect(await calendar.importIcs({ userId, text: series({ sequence: 1, title: 'Stale' }) })).toMatchObject({
      skipped: 1,
      updated: 0,
      problems: [{ path: 's' }],
    });
    expect(await titles('2026-03-31', '2026-04-01')).toEqual(['2026-03-31T08:00:00Z Moved']);
  });

  it('counts what it could not read as skipped, and says what that was', async () => {
    const report = await calendar.importIcs({ userId, text: fixture('broken') });
    expect(report).toMatchObject({ created: 2, skipped: 2 });
    expect(report.problems.map((problem) => problem.path)).toEqual(['events.0', 'events.2']);
  });

  it('makes an event once for one id, in any number of tries at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => calendar.createEvent(focus())));
    expect(outcomes.map((outcome) => outcome.outcome).toSorted()).toEqual([
      'already_there',
      'already_there',
      'created',
    ]);
    expect(new Set(outcomes.map((outcome) => outcome.etag)).size).toBe(1);
    expect(outcomes[0]?.uid).toMatch(/^[0-9a-v]+@steward$/u);
    expect(await titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Focus']);
  });

  it('refuses another event under the same id', async () => {
    await calendar.createEvent(focus());
    await expect(calendar.createEvent(focus({ title: 'Other' }))).rejects.toMatchObject({
      code: 'conflict',
      details: { title: 'Focus' },
    });
  });

  it('changes and removes only what is as it was read', async () => {
    const { uid, etag } = await calendar.createEvent(focus());
    const moved = { start: '2026-03-30T09:00:00Z', end: '2026-03-30T10:00:00Z' };
    const updated = await calendar.updateEvent({ userId, uid, etag, changes: moved });
    expect(updated.outcome).toBe('updated');
    expect(await calendar.updateEvent({ userId, uid, etag, changes: moved })).toEqual({
      uid,
      etag: updated.etag,
      outcome: 'already_there',
    });
    await expect(calendar.updateEvent({ userId, uid, etag, changes: { title: 'Late' } })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(calendar.deleteEvent({ userId, uid, etag })).rejects.toMatchObject({ code: 'conflict' });
    expect(await calendar.deleteEvent({ userId, uid, etag: updated.etag })).toEqual({ uid, outcome: 'deleted' });
    expect(await calendar.deleteEvent({ userId, uid, etag: updated.etag })).toEqual({ uid, outcome: 'already_gone' });
    await expect(calendar.updateEvent({ userId, uid, etag, changes: moved })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await titles('2026-03-30', '2026-03-31')).toEqual([]);
  });

  it('makes an event anew after it was removed', async () => {
    const { uid, etag } = await calendar.createEvent(focus());
    await calendar.deleteEvent({ userId, uid, etag });
    expect(await calendar.createEvent(focus({ title: 'Again' }))).toMatchObject({ uid, outcome: 'created' });
    expect(await titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Again']);
  });

  it('writes an event together with the rest of its transaction, or not at all', async () => {
    await expect(
      running.database.asUser(userId, async (tx) => {
        await createEvent(tx, focus());
        throw new Error('the rest fails');
      }),
    ).rejects.toThrow('the rest fails');
    expect(await titles('2026-03-30', '2026-03-31')).toEqual([]);
    await running.database.asUser(userId, async (tx) => {
      const [runId, taskId] = [await newRun(tx, userId), await newTask(tx, userId)];
      expect(await createEvent(tx, focus({ runId, taskId }))).toMatchObject({ outcome: 'created' });
      const rows = await tx.selectFrom('calendar_events').select(['source', 'run_id', 'task_id']).execute();
      expect(rows).toEqual([{ source: 'steward', run_id: runId, task_id: taskId }]);
    });
  });

  it('never lets an import replace an event of its own', async () => {
    await calendar.createEvent(focus());
    const { secret } = await calendar.createFeed({ userId });
    const text = (await calendar.feed({ secret })).replace('SUMMARY:Focus', 'SUMMARY:Foreign');
    expect(await calendar.importIcs({ userId, text })).toMatchObject({ skipped: 1, created: 0, updated: 0 });
    expect(await titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Focus']);
  });

  it('takes whole days, busy and free, where the person is', async () => {
    await calendar.importIcs({ userId, text: fixture('days') });
    await calendar.createEvent(focus());
    const hours = { monday: [{ from: '08:00', to: '12:00' }], tuesday: [{ from: '08:00', to: '12:00' }] };
    await running.database.asUser(userId, (tx) =>
      saveUserContext(tx, { userId, changes: { working_hours: json(hours) } }),
    );
    // The trip ends with Monday 30; Good Friday is marked as free.
    expect(await calendar.freeBusy({ userId, from: '2026-03-30', to: '2026-04-04' })).toEqual({
      timeZone: 'Europe/Berlin',
      busy: [{ start: '2026-03-29T22:00:00.000Z', end: '2026-03-30T22:00:00.000Z' }],
      free: [{ start: '2026-03-31T06:00:00.000Z', end: '2026-03-31T10:00:00.000Z' }],
    });
  });

  it('gives out all events as a feed, under one secret at a time', async () => {
    await calendar.importIcs({ userId, text: fixture('exceptions') });
    await calendar.createEvent(focus());
    const old = await calendar.createFeed({ userId });
    const { secret } = await calendar.createFeed({ userId });
    await expect(calendar.feed(old)).rejects.toMatchObject({ code: 'not_found' });
    const { events } = readCalendar(await calendar.feed({ secret }), { defaultTimeZone: 'UTC' });
    expect(events.map((event) => event.title)).toEqual(['Weekly, with everybody', 'Focus']);
    expect(
      await running.database.asUser(userId, (tx) => tx.selectFrom('calendar_feeds').select('secret_hash').execute()),
    ).not.toEqual([{ secret_hash: secret }]);
  });

  it('shows nobody the events of another', async () => {
    const { uid, etag } = await calendar.createEvent(focus());
    const other = await newUser(running.database);
    expect((await calendar.listInstances({ userId: other, from: '2026-03-30', to: '2026-03-31' })).instances).toEqual(
      [],
    );
    expect(await calendar.deleteEvent({ userId: other, uid, etag })).toMatchObject({ outcome: 'already_gone' });
    expect(await titles('2026-03-30', '2026-03-31')).toHaveLength(1);
  });

  it.each([
    [{ start: 'tomorrow' }, 'start'],
    [{ end: '2026-03-30T06:00:00Z' }, 'end'],
    [{ timeZone: 'Middle/Earth' }, 'timeZone'],
  ])('refuses an event with %j', async (fields, path) => {
    await expect(calendar.createEvent(focus({ eventId: randomUUID(), ...fields }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(path),
    });
  });

  it.each([
    ['2026-03-30', '2026-03-30'],
    ['2026-03-30', 'soon'],
    ['2026-01-01', '2036-01-01'],
  ])('refuses to list from %s to %s', async (from, to) => {
    await expect(calendar.listInstances({ userId, from, to })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('takes in a thousand events at once', async () => {
    const event = (index: number) => [
      'BEGIN:VEVENT',
      `UID:${index}`,
      'DTSTART:20260330T080000Z',
      'DURATION:PT1H',
      `SUMMARY:${index}`,
      'END:VEVENT',
    ];
    const text = [
      'BEGIN:VCALENDAR',
      ...Array.from({ length: 1_000 }, (_, index) => event(index)).flat(),
      'END:VCALENDAR',
    ].join('\r\n');
    expect(await calendar.importIcs({ userId, text })).toMatchObject({ created: 1_000, problems: [] });
    expect(await calendar.importIcs({ userId, text })).toMatchObject({ unchanged: 1_000, problems: [] });
  });
});
