import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookAt } from '../../../workflows/optimization/analysis/look.ts';
import { portfolioAfter } from '../../../workflows/optimization/measures/after.ts';
import { knownRecords } from '../../../workflows/optimization/measures/known.ts';
import { taskOf } from '../../../workflows/optimization/measures/measure.ts';
import type { Change, Measure } from '../../../workflows/optimization/measures/measure.ts';
import { readMeasure } from '../../../workflows/optimization/measures/read-measure.ts';
import { resolveMeasures } from '../../../workflows/optimization/measures/resolve.ts';
import type { ProposedMeasure } from '../../../workflows/optimization/contract.ts';
import { longestPath, waitingFor } from '../../../workflows/optimization/portfolio/graph.ts';
import type { Portfolio } from '../../../workflows/optimization/portfolio/portfolio.ts';
import { projectId, taskId, troubledFacts, withTools } from '../../support/troubled/facts.ts';
import { tasks } from '../../support/troubled/records.ts';

const portfolio = await withTools((tools) => lookAt(troubledFacts(), tools).portfolio);

function measure(change: Change, finding: string | null = 'overdue-1'): Measure {
  return { ...change, finding, reason: 'because' };
}

const anyTask = fc.constantFrom(...portfolio.tasks.map((task) => task.id));
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('merge' as const),
    taskId: anyTask,
    others: fc.uniqueArray(anyTask, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('drop' as const), taskId: anyTask }),
  fc.record({ kind: fc.constant('add_dependency' as const), taskId: anyTask, dependsOnId: anyTask }),
  fc.record({ kind: fc.constant('remove_dependency' as const), taskId: anyTask, dependsOnId: anyTask }),
  fc.record({
    kind: fc.constant('reprioritize' as const),
    taskId: anyTask,
    priority: fc.constantFrom('low' as const, 'high' as const),
  }),
  fc.record({
    kind: fc.constant('reschedule' as const),
    taskId: anyTask,
    start: fc.constant(null),
    deadline: fc.constant('2027-04-01'),
  }),
);
const changes = fc
  .array(anyChange, { maxLength: 40 })
  .map((all) => all.filter((each) => each.kind !== 'merge' || !each.others.includes(each.taskId)))
  .map((all) => all.filter((each) => !('dependsOnId' in each) || each.dependsOnId !== each.taskId));

function hasCircle({ needs }: Portfolio): boolean {
  const left = new Map<string, string[]>();
  for (const { taskId: task, dependsOnId } of needs) left.set(task, [...(left.get(task) ?? []), dependsOnId]);
  // Takes away what waits for nothing that is left, until nothing more goes: what stays waits in a circle.
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [task, needed] of left) if (needed.every((need) => !left.has(need))) left.delete(task);
  }
  return left.size > 0;
}

describe('measures that contradict each other', () => {
  test('never leave a task changed that is merged away or dropped, nor a field changed twice, nor a circle', async () => {
    await withTools((tools) =>
      fc.assert(
        fc.property(changes, (all) => {
          const { measures, leftOut } = resolveMeasures(
            all.map((each) => measure(each)),
            portfolio,
          );
          const gone = measures.flatMap((each) =>
            each.kind === 'merge' ? each.others : each.kind === 'drop' ? [each.taskId] : [],
          );
          expect(new Set(gone).size).toBe(gone.length);
          for (const each of measures.filter((one) => one.kind !== 'drop')) expect(gone).not.toContain(taskOf(each));
          const fields = measures.map(
            (each) => `${each.kind} ${taskOf(each)} ${'dependsOnId' in each ? each.dependsOnId : ''}`,
          );
          expect(new Set(fields).size).toBe(fields.length);
          expect(measures.length + leftOut.length).toBeLessThanOrEqual(all.length);
          const after = portfolioAfter(portfolio, measures, tools);
          expect(hasCircle(after)).toBe(false);
          expect(after.tasks.length).toBe(portfolio.tasks.length - gone.length);
          const open = new Set(after.tasks.map((task) => task.id));
          for (const need of after.needs) expect(open.has(need.taskId) && open.has(need.dependsOnId)).toBe(true);
        }),
        { numRuns: 300 },
      ),
    );
  });

  test('are settled by the order of their kinds, whatever the order they come in', () => {
    const merge = measure({ kind: 'merge', taskId: taskId('scores'), others: [taskId('scores2')] });
    const drop = measure({ kind: 'drop', taskId: taskId('scores2') });
    for (const given of [
      [merge, drop],
      [drop, merge],
    ]) {
      const { measures, leftOut } = resolveMeasures(given, portfolio);
      expect(measures).toEqual([merge]);
      expect(leftOut).toEqual([{ measure: drop, why: 'another measure merges or drops the task' }]);
    }
  });

  test('said twice are done once, without a word', () => {
    const raise = measure({ kind: 'reprioritize', taskId: taskId('bus'), priority: 'high' });
    expect(resolveMeasures([raise, { ...raise, finding: 'stale-1' }], portfolio)).toEqual({
      measures: [raise],
      leftOut: [],
    });
  });

  test('would close a circle, tear a task from its parts, or change what is gone: each says why', () => {
    const why = (change: Change) => resolveMeasures([measure(change)], portfolio).leftOut[0]?.why;
    expect(why({ kind: 'add_dependency', taskId: taskId('mover'), dependsOnId: taskId('keys') })).toMatch(/circle/u);
    expect(why({ kind: 'add_dependency', taskId: taskId('pack'), dependsOnId: taskId('boxes') })).toMatch(/already/u);
    expect(why({ kind: 'remove_dependency', taskId: taskId('bus'), dependsOnId: taskId('boxes') })).toMatch(/no such/u);
    expect(why({ kind: 'drop', taskId: taskId('concert') })).toMatch(/parts/u);
    expect(why({ kind: 'merge', taskId: taskId('keys'), others: [taskId('pack')] })).toMatch(/circle/u);
    expect(why({ kind: 'drop', taskId: crypto.randomUUID() })).toMatch(/not open/u);
  });
});

describe('a merge', () => {
  test('takes over needs, blocks, the highest priority, the longest estimate, and a deadline where there was none', async () => {
    const merge = measure({ kind: 'merge', taskId: taskId('backup'), others: [taskId('bus'), taskId('mover')] });
    const after = await withTools((tools) => portfolioAfter(portfolio, [merge], tools));
    const kept = after.tasks.find((task) => task.id === taskId('backup'));
    expect(kept).toMatchObject({ priority: 'critical', minutes: 60 });
    expect(kept?.dueMs).toBe(portfolio.tasks.find((task) => task.id === taskId('bus'))?.dueMs);
    expect(after.blocks.map((block) => block.taskId)).toContain(taskId('backup'));
    expect(longestPath([taskId('backup')], waitingFor(after)).length).toBe(6);
  });
});

describe('a measure as a model writes it', () => {
  const known = knownRecords(troubledFacts());
  const empty = {
    others: [],
    parts: [],
    priority: null,
    start: null,
    deadline: null,
    minutes: null,
    projectId: null,
    phaseId: null,
    status: null,
  };
  const read = (given: Partial<ProposedMeasure> & Pick<ProposedMeasure, 'kind' | 'target'>) => {
    const outcome = readMeasure({ ...empty, reason: 'because', ...given }, known);
    return 'change' in outcome ? outcome.change : outcome.problems.map((problem) => problem.path).join(' ');
  };

  type Given = Parameters<typeof read>[0];
  const wrong: readonly (readonly [Given, string])[] = [
    [{ kind: 'drop', target: 'nobody' }, 'target'],
    [{ kind: 'extend_project', target: taskId('bus'), deadline: '2027-04-01' }, 'target'],
    [{ kind: 'merge', target: taskId('bus') }, 'others'],
    [{ kind: 'merge', target: taskId('bus'), others: [taskId('bus')] }, 'others'],
    [{ kind: 'split', target: taskId('bus'), parts: [{ title: 'One', minutes: 30 }] }, 'parts'],
    [{ kind: 'move', target: taskId('bus'), projectId: 'nowhere' }, 'projectId'],
    [{ kind: 'move', target: taskId('bus'), projectId: projectId('flat'), phaseId: 'none' }, 'phaseId'],
    [{ kind: 'reschedule', target: taskId('bus') }, 'deadline'],
    [{ kind: 'reschedule', target: taskId('bus'), deadline: '2020-01-01' }, 'deadline'],
    [{ kind: 'reschedule', target: taskId('bus'), start: '2027-05-02', deadline: '2027-05-01' }, 'start'],
    [{ kind: 'reprioritize', target: taskId('bus') }, 'priority'],
    [{ kind: 'estimate', target: taskId('bus') }, 'minutes'],
    [{ kind: 'add_dependency', target: taskId('bus'), others: [taskId('sponsor')] }, 'others'],
    [{ kind: 'close_project', target: projectId('flat') }, 'status'],
  ];
  test.each(wrong)('%j is refused at %s', (given, path) => {
    expect(read(given)).toBe(path);
  });

  test('with what its kind needs is a change; a cancelled need can be taken away, though it is no open task', () => {
    expect(read({ kind: 'remove_dependency', target: taskId('catering'), others: [taskId('sponsor')] })).toEqual({
      kind: 'remove_dependency',
      taskId: taskId('catering'),
      dependsOnId: taskId('sponsor'),
    });
    expect(tasks.find((task) => task.key === 'sponsor')?.status).toBe('cancelled');
  });
});
