import fc from 'fast-check';
import type { ScheduleDependency, ScheduleInput, ScheduleTask } from '../../../src/contract/scheduling/schedule.ts';

export const minute = 60_000;
export const hour = 60 * minute;
const day = 24 * hour;
/** Monday, 5 January 2026, 00:00 UTC. */
export const monday = Date.UTC(2026, 0, 5);

export function task(key: string, fields: Partial<ScheduleTask> = {}): ScheduleTask {
  return {
    key,
    title: key.toUpperCase(),
    durationMinutes: 60,
    priority: 'medium',
    earliestStartMs: null,
    deadlineMs: null,
    splittable: false,
    minBlockMinutes: 30,
    ...fields,
  };
}

export function after(dependent: string, dependsOn: string, kind: 'hard' | 'soft' = 'hard'): ScheduleDependency {
  return { task: dependent, dependsOn, kind };
}

/** Days from Monday on with 09:00 to 12:00 and 13:00 to 17:00 free. */
export function week(fields: Partial<ScheduleInput> = {}, dayCount = 5): ScheduleInput {
  const days = Array.from({ length: dayCount }, (_, index) => ({
    dayKey: `2026-01-${String(5 + index).padStart(2, '0')}`,
    startMs: monday + index * day,
    endMs: monday + (index + 1) * day,
  }));
  const free = days.flatMap(({ startMs }) => [
    { startMs: startMs + 9 * hour, endMs: startMs + 12 * hour },
    { startMs: startMs + 13 * hour, endMs: startMs + 17 * hour },
  ]);
  return {
    tasks: [],
    dependencies: [],
    free,
    days,
    dailyFocusMinutes: null,
    bufferMinutes: 0,
    horizonEndMs: monday + dayCount * day,
    ...fields,
  };
}

const instant = fc.option(
  fc.integer({ min: 0, max: 4 * 24 }).map((hours) => monday + hours * hour),
  { nil: null, freq: 2 },
);

function taskNamed(key: string): fc.Arbitrary<ScheduleTask> {
  return fc
    .record({
      durationMinutes: fc.integer({ min: 1, max: 40 }).map((count) => count * 15),
      priority: fc.constantFrom('low', 'medium', 'high', 'critical'),
      earliestStartMs: instant,
      deadlineMs: instant,
      splittable: fc.boolean(),
      minBlockMinutes: fc.constantFrom(15, 30, 60, 90),
    })
    .map((fields) => task(key, fields));
}

/** Up to ten tasks with any dependencies at all, cycles included, in ragged free time. */
export const anyInput: fc.Arbitrary<ScheduleInput> = fc.integer({ min: 1, max: 10 }).chain((count) => {
  const keys = Array.from({ length: count }, (_, index) => `t${index}`);
  const dependency = fc.record({
    task: fc.constantFrom(...keys),
    dependsOn: fc.constantFrom(...keys),
    kind: fc.constantFrom('hard' as const, 'soft' as const),
  });
  return fc
    .record({
      tasks: fc.tuple(...keys.map(taskNamed)),
      dependencies: fc.array(dependency, { maxLength: count }),
      edges: fc.array(fc.integer({ min: 0, max: 5 * 24 * 4 }), { maxLength: 30 }),
      dailyFocusMinutes: fc.option(
        fc.integer({ min: 1, max: 20 }).map((quarters) => quarters * 15),
        { nil: null },
      ),
      bufferMinutes: fc.constantFrom(0, 0, 5, 15, 30),
      horizonHours: fc.integer({ min: 0, max: 5 * 24 }),
    })
    .map(({ edges, horizonHours, ...fields }) => {
      const sorted = [...new Set(edges)].sort((a, b) => a - b);
      const free = sorted.flatMap((edge, index) => {
        const end = sorted[index + 1];
        return index % 2 === 0 && end !== undefined
          ? [{ startMs: monday + edge * 15 * minute, endMs: monday + end * 15 * minute }]
          : [];
      });
      return week({ ...fields, free, horizonEndMs: monday + horizonHours * hour });
    });
});
