import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEvent } from '../../../src/calendar/local/events.ts';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import { startTimeoutMs } from '../../db/support/backends.ts';
import { ann, ben, startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

let test: TestService;
let api: StewardApi;

const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:weekly@test',
  'DTSTART:20270104T090000Z',
  'DTEND:20270104T100000Z',
  'RRULE:FREQ=WEEKLY;COUNT=10',
  'SUMMARY:Team meeting',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:weekly@test',
  'RECURRENCE-ID:20270118T090000Z',
  'DTSTART:20270119T110000Z',
  'DTEND:20270119T120000Z',
  'SUMMARY:Team meeting, moved',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:fair@test',
  'DTSTART;VALUE=DATE:20270110',
  'DTEND;VALUE=DATE:20270111',
  'SUMMARY:Fair',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

beforeAll(async () => {
  test = await startTestService();
  api = test.as(ann);
  await api.importCalendar({ text: calendar });
}, startTimeoutMs);
afterAll(async () => await test.stop());

type Link = { readonly uid: string; readonly recurrenceId?: string; readonly role?: 'preparation' | 'follow_up' };

async function newTask(title: string, links: readonly Link[]): Promise<string> {
  const { id } = await api.createRecord({ kind: 'tasks', values: { title } });
  for (const { uid, recurrenceId = null, role = 'preparation' } of links) {
    const values = { user_id: ann, task_id: id, event_uid: uid, recurrence_id: recurrenceId, role };
    await test.db.database.asService(async (tx) => await tx.insertInto('task_event_links').values(values).execute());
  }
  return id;
}

describe('the events of a task', () => {
  it('come with the task by their start: instances where they were moved to, whole days, and what is gone', async () => {
    const id = await newTask('Prepare', [
      { uid: 'weekly@test', recurrenceId: '2027-01-18T09:00:00Z' },
      { uid: 'fair@test', role: 'follow_up' },
      { uid: 'gone@test', recurrenceId: '2027-02-01T09:00:00Z' },
    ]);
    const { events } = await api.getRecord({ kind: 'tasks', id });
    expect(events).toEqual([
      {
        uid: 'fair@test',
        recurrenceId: null,
        role: 'follow_up',
        title: 'Fair',
        start: '2027-01-10',
        end: '2027-01-11',
        allDay: true,
      },
      {
        uid: 'weekly@test',
        recurrenceId: '2027-01-18T09:00:00Z',
        role: 'preparation',
        title: 'Team meeting, moved',
        start: '2027-01-19T11:00:00Z',
        end: '2027-01-19T12:00:00Z',
        allDay: false,
      },
      {
        uid: 'gone@test',
        recurrenceId: '2027-02-01T09:00:00Z',
        role: 'preparation',
        title: null,
        start: '2027-02-01T09:00:00Z',
        end: null,
        allDay: false,
      },
    ]);
  });

  it('are also the blocks that were set aside for it, and an empty list where there are none', async () => {
    const id = await newTask('Write', []);
    expect((await api.getRecord({ kind: 'tasks', id }))['events']).toEqual([]);
    const block = { userId: ann, eventId: 'b'.repeat(32), title: 'Write', description: null, taskId: id, runId: null };
    const span = { start: '2027-04-01T09:00:00Z', end: '2027-04-01T10:00:00Z', timeZone: 'UTC' };
    await test.db.database.asUser(ann, async (tx) => await createEvent(tx, { ...block, ...span }));
    const changed = await api.updateRecord({ kind: 'tasks', id, changes: { priority: 'high' } });
    expect(changed['events']).toMatchObject([{ role: 'block', title: 'Write', start: span.start }]);
    const window = { from: '2027-04-01', to: '2027-04-02' };
    expect(await api.listCalendarEvents(window)).toMatchObject([{ tasks: [{ id, title: 'Write', role: 'block' }] }]);
  });

  it('name their tasks: those of one instance there alone, those of a series at each, none that was deleted', async () => {
    const one = await newTask('For one', [{ uid: 'weekly@test', recurrenceId: '2027-02-01T09:00:00Z' }]);
    const all = await newTask('For all', [{ uid: 'weekly@test', role: 'follow_up' }]);
    const deleted = await newTask('Not any more', [{ uid: 'weekly@test' }]);
    await api.deleteRecord({ kind: 'tasks', id: deleted });
    const events = await api.listCalendarEvents({ from: '2027-01-25', to: '2027-02-08' });
    expect(events.map(({ start, tasks }) => [start.slice(0, 10), tasks.map(({ id }) => id).toSorted()])).toEqual([
      ['2027-01-25', [all]],
      ['2027-02-01', [all, one].toSorted()],
    ]);
    expect(await test.as(ben).listCalendarEvents({ from: '2027-01-25', to: '2027-02-08' })).toEqual([]);
  });
});
