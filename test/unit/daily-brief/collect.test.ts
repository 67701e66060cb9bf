import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import { readDay } from '../../../workflows/generate_daily_brief/collect/day.ts';
import { collected, groupNames, itemsOf, sectionsOf } from '../../../workflows/generate_daily_brief/outputs.ts';
import type { Collected } from '../../../workflows/generate_daily_brief/outputs.ts';
import { generateDailyBrief } from '../../../workflows/generate_daily_brief/type.ts';
import { factsOf, finishedOf, taskOf, workloadOf } from '../task-decomposition/support.ts';

const hourMs = 3_600_000;

async function collect(facts: FactSheet, timeZone = 'Europe/Berlin'): Promise<Collected> {
  const computation = generateDailyBrief.computations?.['collect'];
  if (computation === undefined) throw new Error('no computation');
  const setting = { timeZone, workingHours: null, idScope: 'test' };
  const value = await withDraftTools(
    setting,
    async () => await Promise.resolve([]),
    (tools) => computation.compute({ ...facts, timeZone }, {}, tools),
  );
  return collected.parse(JSON.parse(JSON.stringify(value)));
}

async function lengthOf(date: string, timeZone: string): Promise<number> {
  const setting = { timeZone, workingHours: null, idScope: 'test' };
  return await withDraftTools(
    setting,
    async () => await Promise.resolve([]),
    (tools) => {
      const day = readDay(date, 0, tools);
      return (day.toMs - day.fromMs) / hourMs;
    },
  );
}

function onDay(date: string, tasks: readonly TaskDetail[], more: Partial<FactSheet> = {}): FactSheet {
  return factsOf({ input: { date }, workload: workloadOf(tasks), ...more });
}

function groupOf(day: Collected, id: string): string | undefined {
  const sections = sectionsOf(day);
  return groupNames.find((name) => sections.some((section) => section.tasks[name].some((item) => item.id === id)));
}

describe('a day', () => {
  it('has as many hours as the clock of the place gives it', async () => {
    expect(await lengthOf('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(await lengthOf('2026-10-25', 'Europe/Berlin')).toBe(25);
    expect(await lengthOf('2026-10-26', 'Europe/Berlin')).toBe(24);
    expect(await lengthOf('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
  });

  it('is today where the person is when none is named', async () => {
    const facts = factsOf({ now: '2026-11-21T23:30:00.000Z', workload: workloadOf([]) });
    expect([(await collect(facts, 'Asia/Tokyo')).date, (await collect(facts, 'America/New_York')).date]).toEqual([
      '2026-11-22',
      '2026-11-21',
    ]);
  });

  it('takes the last minute of a long day for due on it, and the first of the next for later', async () => {
    const late = taskOf('Late', { deadline: '2026-10-25T22:59:00.000Z' });
    const next = taskOf('Next', { deadline: '2026-10-25T23:00:00.000Z' });
    const day = await collect(onDay('2026-10-25', [late, next]));
    expect([groupOf(day, late.id), groupOf(day, next.id)]).toEqual(['dueToday', 'nextDays']);
  });
});

describe('a task', () => {
  const date = '2026-11-23';

  it('is shown once, in the most pressing group it fits, or left out', async () => {
    const at = fc.option(fc.integer({ min: -40, max: 40 }), { nil: null });
    const days = (offset: number | null): string | null =>
      offset === null ? null : new Date(Date.parse(`${date}T11:00:00Z`) + offset * 24 * hourMs).toISOString();
    const task = fc
      .record({ due: at, start: at, busy: fc.boolean() })
      .map(({ due, start, busy }) =>
        taskOf('Dig', { deadline: days(due), startDate: days(start), status: busy ? 'in_progress' : 'pending' }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(task, { maxLength: 12 }), async (tasks) => {
        const day = await collect(onDay(date, tasks));
        const shown = sectionsOf(day).flatMap((section) => itemsOf(section).map((item) => item.id));
        expect(new Set(shown).size).toBe(shown.length);
        for (const each of tasks) {
          const dueDay = each.deadline === null ? null : each.deadline.slice(0, 10);
          if (dueDay !== null && dueDay < date) expect(groupOf(day, each.id)).toBe('overdue');
          if (dueDay === date) expect(groupOf(day, each.id)).toBe('dueToday');
          if (each.status === 'in_progress') expect(shown).toContain(each.id);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(['America/New_York', 'Europe/Berlin', 'Asia/Tokyo'])(
    'of a whole day is due and planned on that day in %s',
    async (zone) => {
      const [due, begin] = [taskOf('Pay', { deadline: `${date}T00:00:00.000Z` }), taskOf('Begin')];
      const planned = { ...begin, startDate: `${date}T00:00:00.000Z` };
      const day = await collect(onDay(date, [due, planned]), zone);
      expect(day.loose?.tasks.dueToday).toMatchObject([{ title: 'Pay', when: null }]);
      expect(day.loose?.tasks.scheduledToday).toMatchObject([{ title: 'Begin' }]);
    },
  );

  it('is ahead until the last minute of the seventh day, also when the clock is put back before', async () => {
    const [last, later] = ['2026-10-27', '2026-10-28'].map((due) => taskOf(due, { deadline: `${due}T00:00:00.000Z` }));
    const day = await collect(
      onDay(
        '2026-10-20',
        [last, later].filter((task) => task !== undefined),
      ),
    );
    expect(day.loose?.tasks.nextDays).toMatchObject([{ title: '2026-10-27' }]);
  });

  it('names what it waits for and what waits for it, cancelled needs too', async () => {
    const [buy, paint, move] = [taskOf('Buy'), taskOf('Paint', { deadline: `${date}T12:00:00Z` }), taskOf('Move')];
    const edge = { taskId: paint.id, dependsOnId: buy.id, kind: 'hard' } as const;
    const soft = { taskId: move.id, dependsOnId: buy.id, kind: 'soft' } as const;
    const gone = {
      taskId: move.id,
      dependsOnId: '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e',
      kind: 'hard',
      title: 'Rent a van',
    } as const;
    const day = await collect(
      onDay(date, [buy, paint, move], {
        workload: workloadOf([buy, paint, move], [edge, soft]),
        workloadContext: { cancelledNeeds: [gone], phases: [], completed: [] },
      }),
    );
    expect(day.loose?.tasks.dueToday).toMatchObject([{ title: 'Paint', waitsFor: ['Buy'] }]);
    expect(day.loose?.tasks.blocked).toMatchObject([{ title: 'Move', waitsFor: ['Rent a van (cancelled)'] }]);
    expect(groupOf(day, buy.id)).toBeUndefined();
  });

  it('that was finished the day before is told, an older one not', async () => {
    const finished = [
      finishedOf('Yesterday', { completedAt: '2026-11-21T23:30:00.000Z' }),
      finishedOf('Before', { completedAt: '2026-11-21T22:30:00.000Z' }),
    ];
    const day = await collect(onDay(date, [], { finishedTasks: finished }));
    expect(day.loose?.finished).toEqual(['Yesterday']);
  });
});

describe('the projects named', () => {
  const id = '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e';
  const garden = {
    id,
    name: 'Garden',
    description: null,
    status: 'active' as const,
    startDate: null,
    endDate: null,
    updatedAt: '',
  };
  const named = (projectIds: readonly string[]): FactSheet =>
    factsOf({
      input: { projectIds },
      workload: { projects: [garden], tasks: [], dependencies: [], blocks: [], cut: false },
    });

  it('are found however their ids are written', async () => {
    expect((await collect(named([id.toUpperCase()]))).quietProjects).toEqual(['Garden']);
  });

  it('are refused by their place where one is no open project', async () => {
    const other = id.replace('5e', '5f');
    await expect(collect(named([id, other]))).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [{ path: 'input.projectIds.1' }] },
    });
  });
});

describe('the calendar', () => {
  const event = (start: string, end: string, more: Partial<WindowEvent> = {}): WindowEvent => ({
    uid: start,
    recurrenceId: null,
    recurring: false,
    rule: null,
    title: 'Meeting',
    description: null,
    location: null,
    start,
    end,
    allDay: false,
    busy: true,
    own: false,
    movable: false,
    taskId: null,
    ...more,
  });
  const windowOf = (events: readonly WindowEvent[]): Partial<FactSheet> => ({
    calendarWindow: { from: '', to: '', events, links: [], problems: [], cut: false },
  });

  it('leaves what is free of the working hours beside what is busy', async () => {
    const events = [
      event('2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z'),
      event('2026-11-23T13:00:00.000Z', '2026-11-23T14:00:00.000Z', { busy: false, title: 'Lunch talk' }),
      event('2026-11-24T09:00:00.000Z', '2026-11-24T10:00:00.000Z', { title: 'Tomorrow' }),
    ];
    const day = await collect(onDay('2026-11-23', [], windowOf(events)));
    expect(day.events.map(({ title, time }) => `${time} ${title}`)).toEqual([
      '10:00–11:00 Meeting',
      '14:00–15:00 Lunch talk',
    ]);
    expect(day.free).toEqual({ minutes: 360, windows: ['09:00–10:00', '11:00–12:30', '13:30–17:00'] });
  });

  it('of today counts only what is left of it', async () => {
    const facts = factsOf({ now: '2026-11-23T14:00:00.000Z', workload: workloadOf([]) });
    expect((await collect(facts)).free).toEqual({ minutes: 120, windows: ['15:00–17:00'] });
  });

  it('shows a block of work as its task, and an event over midnight with the part of the day', async () => {
    const task = taskOf('Dig');
    const events = [
      event('2026-11-23T08:00:00.000Z', '2026-11-23T09:00:00.000Z', { own: true, taskId: task.id }),
      event('2026-11-22T20:00:00.000Z', '2026-11-23T01:00:00.000Z', { title: 'Party' }),
    ];
    const day = await collect(onDay('2026-11-23', [task], windowOf(events)));
    expect(day.events.map(({ title, time }) => `${time} ${title}`)).toEqual(['until 02:00 Party']);
    expect(day.loose?.tasks.scheduledToday).toMatchObject([{ title: 'Dig', when: 'at 09:00' }]);
  });
});
