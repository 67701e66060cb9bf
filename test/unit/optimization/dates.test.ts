import { describe, expect, test } from 'vitest';
import { findAll } from '../../../workflows/optimization/analysis/find-all.ts';
import { lookAt } from '../../../workflows/optimization/analysis/look.ts';
import { remedies } from '../../../workflows/optimization/contract.ts';
import { portfolioAfter } from '../../../workflows/optimization/measures/after.ts';
import { knownRecords } from '../../../workflows/optimization/measures/known.ts';
import type { Change, Measure } from '../../../workflows/optimization/measures/measure.ts';
import { resolveMeasures } from '../../../workflows/optimization/measures/resolve.ts';
import { figuresOf } from '../../../workflows/optimization/portfolio/figures.ts';
import { readWishes } from '../../../workflows/optimization/portfolio/wishes.ts';
import { projectId, taskId, troubledFacts, withTools } from '../../support/troubled/facts.ts';

import type { FixtureTask } from '../../support/troubled/records.ts';

const losAngeles = 'America/Los_Angeles';

function task(more: Partial<FixtureTask>): FixtureTask {
  return { key: 'one', title: 'Paint the fence', project: null, minutes: 60, ...more };
}

async function findingsOf(given: readonly FixtureTask[], timeZone: string) {
  const facts = troubledFacts({ tasks: given, timeZone });
  return await withTools((tools) => findAll(lookAt(facts, tools), null), timeZone);
}

describe('dates', () => {
  test.each([losAngeles, 'Europe/Berlin', 'Pacific/Auckland'])(
    'of findings are those of the records in %s',
    async (zone) => {
      // 1 March, 8:00 in UTC: midnight in Los Angeles, evening in Auckland.
      const found = await findingsOf(
        [task({ due: -3 }), task({ key: 'two', title: 'Call Ute', due: 200, minutes: null })],
        zone,
      );
      expect(found.find(({ kind }) => kind === 'overdue')?.evidence).toMatchObject({ deadline: '2027-02-26' });
      // Far behind the horizon of 90 days.
      expect(found.find(({ kind }) => kind === 'unplanned')?.evidence).toEqual({ deadline: '2027-09-17' });
    },
  );

  test('of today are where the person is', () => {
    const facts = { ...troubledFacts(), now: '2027-03-01T05:00:00.000Z', timeZone: losAngeles };
    expect(knownRecords(facts).today).toBe('2027-02-28');
  });

  test('that the calendar has not are no dates', () => {
    const measure = {
      kind: 'reschedule',
      target: taskId('bus'),
      others: [],
      parts: [],
      priority: null,
      start: null,
      deadline: '2027-02-30',
      minutes: null,
      projectId: null,
      phaseId: null,
      status: null,
      reason: 'It is late.',
    };
    const answer = { items: [{ key: 'overdue-1', measures: [measure], why: '' }] };
    expect(remedies.safeParse(answer).error?.issues[0]?.message).toBe('is no date of the calendar');
    const wish = troubledFacts({ input: { userPrompt: 'Nothing for the thesis before 31.2.2028.' } });
    expect(readWishes(wish).notBefore).toEqual([]);
  });

  test('that are past make a task overdue, and not due in no days', async () => {
    const late = await findingsOf([task({ due: -1, priority: 'low' })], losAngeles);
    expect(late.map(({ kind }) => kind)).toContain('overdue');
    expect(late.map(({ kind }) => kind)).not.toContain('priority');
    const today = await findingsOf([task({ due: 0, priority: 'low' })], 'Europe/Berlin');
    expect(today.find(({ kind }) => kind === 'priority')?.about).toBe(
      '"Paint the fence" has a low priority and is due today.',
    );
  });
});

describe('the gain', () => {
  test('of a split counts the work that is late once, not once for each part', async () => {
    const late = [task({ due: -5, minutes: 2_400 })];
    const parts = [1, 2, 3, 4].map((number) => ({ title: `Part ${number}`, minutes: 600 }));
    const split = {
      kind: 'split',
      taskId: taskId('one'),
      parts,
      finding: 'oversized-1',
      reason: 'It is long.',
    } as const;
    const moved = { kind: 'reschedule', taskId: taskId('one'), start: null, deadline: '2027-04-30' } as const;
    const { before, after, inTime } = await withTools((tools) => {
      const facts = troubledFacts({ tasks: late });
      const look = lookAt(facts, tools);
      const figures = (measures: readonly Measure[]) =>
        figuresOf(lookAt(facts, tools, portfolioAfter(look.portfolio, measures, tools)));
      const reschedule = { ...moved, finding: 'overdue-1', reason: 'It is late.' };
      return { before: figuresOf(look), after: figures([split]), inTime: figures([split, reschedule]) };
    });
    expect([before.lateTasks, after.lateTasks]).toEqual([1, 1]);
    expect(after.latenessHours).toBe(before.latenessHours);
    // Parts go with their whole to its new deadline.
    expect(inTime).toMatchObject({ lateTasks: 0, latenessHours: 0 });
  });
});

describe('a measure that changes nothing', () => {
  test.each<Change>([
    { kind: 'reprioritize', taskId: taskId('one'), priority: 'medium' },
    { kind: 'estimate', taskId: taskId('one'), minutes: 60 },
    { kind: 'move', taskId: taskId('one'), projectId: null, phaseId: null },
  ])('is not proposed: $kind', async (change) => {
    const portfolio = await withTools((tools) => lookAt(troubledFacts({ tasks: [task({})] }), tools).portfolio);
    const { measures, leftOut } = resolveMeasures([{ ...change, finding: 'stale-1', reason: 'So.' }], portfolio);
    expect(measures).toEqual([]);
    expect(leftOut.map(({ why }) => why)).toEqual(['it is so already']);
  });

  test('is none when it changes something', async () => {
    const portfolio = await withTools((tools) => lookAt(troubledFacts({ tasks: [task({})] }), tools).portfolio);
    const changes: readonly Change[] = [
      { kind: 'reprioritize', taskId: taskId('one'), priority: 'high' },
      { kind: 'move', taskId: taskId('one'), projectId: projectId('flat'), phaseId: null },
    ];
    const wanted = changes.map((change) => ({ ...change, finding: 'stale-1', reason: 'So.' }));
    expect(resolveMeasures(wanted, portfolio).leftOut).toEqual([]);
  });
});
