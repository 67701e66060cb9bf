import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstStep, resetPoint, stepOfActivity } from '../../../src/api/service/runs/reset-point.ts';
import type { HistoryEvent } from '../../../src/api/service/runs/reset-point.ts';

/** A history written as a script: `t` a completed task, `+x` schedules activity x, `-x` finishes it. */
function history(script: string): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const word of script.split(' ')) {
    const id = events.length + 1;
    const activityId = word.slice(1);
    if (word === 't') events.push({ id, kind: 'task_completed' });
    else if (word.startsWith('+')) {
      const scheduledByTask = events.findLast((event) => event.kind === 'task_completed')?.id ?? 0;
      events.push({ id, kind: 'activity_scheduled', activityId, scheduledByTask });
    } else if (word.startsWith('-')) {
      const scheduledId = events.find((event) => event.activityId === activityId)?.id ?? 0;
      events.push({ id, kind: 'activity_finished', scheduledId });
    } else events.push({ id, kind: 'other' });
  }
  return events;
}

describe('the point to reset a run to', () => {
  it('reads the step number of the kernel’s activity ids and no others', () => {
    expect(['step-7', 'step-7-0', 'step-12-calendar', 'admit', 'step-', 'step-7x'].map(stepOfActivity)).toEqual([
      7,
      7,
      12,
      null,
      null,
      null,
    ]);
  });

  it('is the task that scheduled the step, so that admission and earlier results stay', () => {
    const events = history('start t +admit -admit t +step-1-0 -step-1-0 t +step-2-0 -step-2-0 t');
    expect(resetPoint(events, 1)).toBe(5);
    expect(resetPoint(events, 2)).toBe(8);
  });

  it('is the task after the last earlier result when the step is a question without an activity', () => {
    const events = history('start t +admit -admit t +step-1-0 -step-1-0 t signal t +step-3-0 -step-3-0 t');
    expect(resetPoint(events, 2)).toBe(8);
    expect(resetPoint(events, 3)).toBe(10);
  });

  it('is the common task of steps that were started side by side', () => {
    const events = history(
      'start t +admit -admit t +step-1 +step-2 +step-3 -step-2 t -step-3 t -step-1 t +step-4 -step-4 t',
    );
    expect(resetPoint(events, 3)).toBe(5);
    expect(resetPoint(events, 4)).toBe(14);
  });

  it('says where an execution of a chain begins', () => {
    expect(firstStep(history('start t +step-9 -step-9 t'))).toBe(9);
    expect(firstStep(history('start t'))).toBeNull();
  });

  it('never lies after the first activity of the step in a sequential run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (steps, from) => {
        const words = Array.from({ length: steps }, (_, index) => `t +step-${index + 1}-0 -step-${index + 1}-0`);
        const events = history(['start t +admit -admit', ...words, 't'].join(' '));
        const point = resetPoint(events, Math.min(from, steps));
        const scheduled = events.find((event) => event.activityId === `step-${Math.min(from, steps)}-0`);
        expect(point).toBe(scheduled?.scheduledByTask);
      }),
    );
  });
});
