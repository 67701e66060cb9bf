import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { scheduleWork } from '../../shared/schedule.ts';
import type { Work } from '../../shared/schedule.ts';
import { endOf, startOf } from '../../shared/stored-time.ts';
import { strategyOf } from '../strategies.ts';
import type { LaidPhase } from './layout.ts';

const usualMinutes = 60;
const horizonDays = 180;
const dayMs = 86_400_000;

export type Span = { readonly startMs: number; readonly endMs: number };

function workOf({ tasks, suggested, key }: LaidPhase, tools: DraftTools): readonly Work[] {
  const open = tasks.map(({ task }) => ({
    key: task.id,
    title: task.title,
    durationMinutes: task.minutes ?? usualMinutes,
    priority: task.priority,
    earliestStartMs: startOf(task.startDate, tools),
    // A phase lasts until its work is done, late or not.
    deadlineMs: null,
  }));
  const missing = suggested.map((task, index) => ({
    key: `${key}/${index}`,
    title: task.title,
    durationMinutes: task.minutes,
    priority: task.priority,
    earliestStartMs: null,
    deadlineMs: null,
  }));
  return [...open, ...missing];
}

function spanOf(facts: FactSheet, phase: LaidPhase, { startMs, tools }: { startMs: number; tools: DraftTools }): Span {
  const work = workOf(phase, tools);
  const keys = new Set(work.map((each) => each.key));
  const dependencies = (facts.workload?.dependencies ?? [])
    .filter((edge) => keys.has(edge.taskId) && keys.has(edge.dependsOnId))
    .map((edge) => ({ task: edge.taskId, dependsOn: edge.dependsOnId, kind: edge.kind }));
  const { result } = scheduleWork(work, { dependencies, startMs, horizonDays, dailyFocusMinutes: null }, tools);
  const starts = result.blocks.map((block) => block.startMs);
  const ends = result.blocks.map((block) => block.endMs);
  const dueMs = phase.tasks.flatMap(({ task }) => endOf(task.deadline, tools) ?? []);
  const fromMs = starts.length === 0 ? startMs : Math.min(...starts);
  return { startMs: fromMs, endMs: Math.max(fromMs + dayMs / 24, ...ends, ...dueMs) };
}

/**
 * When each phase begins and ends, by the work in it and the person's free time; never before a deadline in it. Topics go
 * on side by side, other phases one after the other: the next begins when the work of the one before fits no longer.
 */
export function phaseSpans(facts: FactSheet, phases: readonly LaidPhase[], tools: DraftTools): readonly Span[] {
  const nowMs = Date.parse(facts.now);
  const together = strategyOf(facts) === 'by_topic';
  let startMs = nowMs;
  return phases.map((phase) => {
    const span = spanOf(facts, phase, { startMs, tools });
    if (!together) startMs = Math.max(startMs, span.endMs);
    return span;
  });
}
