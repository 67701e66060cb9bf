import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { CancelEvent, CreateTask, MoveEvent, ScheduleEvent } from '../../../src/contract/proposal.ts';
import type { Arrangement } from '../arrange/shapes.ts';
import { readArrangement, readSuggestions } from '../outputs.ts';

const focusTask = 'focus';
type ChangeOperation = MoveEvent | CancelEvent | CreateTask | ScheduleEvent;

/** What of the arrangement the person did not object to. */
function keptArrangement(facts: FactSheet): Arrangement {
  const left = new Set(readSuggestions(facts).leaveOut);
  const { moves, cancels, focus, ...rest } = readArrangement(facts);
  const kept = <T extends { readonly key: string }>(list: readonly T[]): T[] =>
    list.filter(({ key }) => !left.has(key));
  return { moves: kept(moves), cancels: kept(cancels), focus: kept(focus), ...rest };
}

function span(start: string, end: string, tools: DraftTools): string {
  return `${tools.formatInstant(Date.parse(start))}–${tools.formatInstant(Date.parse(end))}`;
}

function minutesBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** A block needs a task that it is for: one for all focus time of the proposal. */
function focusOperations(
  facts: FactSheet,
  focus: Arrangement['focus'],
  tools: DraftTools,
): readonly (CreateTask | ScheduleEvent)[] {
  if (focus.length === 0) return [];
  const taskId = tools.newId(focusTask);
  const minutes = focus.reduce((sum, { start, end }) => sum + minutesBetween(start, end), 0);
  const task: CreateTask = {
    id: focusTask,
    kind: 'create_task',
    title: 'Add task "Focus time"',
    reason: 'Blocks of focus time belong to a task: put into it what you will work on.',
    requires: [],
    payload: {
      taskId,
      title: 'Focus time',
      description: 'Time kept free of meetings for work that needs it.',
      taskSteps: null,
      priority: 'medium',
      durationMinutes: minutes,
      startDate: focus[0]?.start ?? null,
      deadline: null,
      projectId: facts.project?.id ?? null,
      phaseId: null,
      order: 0,
      parentTaskId: null,
      assignmentReason: null,
      source: 'calendar',
    },
  };
  const blocks = focus.map(({ key, start, end, reason }): ScheduleEvent => ({
    id: key,
    kind: 'schedule_event',
    title: `${span(start, end, tools)}: Focus time`,
    reason,
    requires: [focusTask],
    payload: {
      eventId: tools.newId(`event/${start}`),
      taskId,
      title: 'Focus time',
      start,
      end,
      timeZone: facts.timeZone,
    },
  }));
  return [task, ...blocks];
}

/** Moves, cancellations and focus blocks, each to be accepted or refused by itself. */
export function calendarOperations(facts: FactSheet, tools: DraftTools): readonly ChangeOperation[] {
  const { moves, cancels, focus } = keptArrangement(facts);
  const moved = moves.map(({ key, event, start, end, reason }): MoveEvent => ({
    id: key,
    kind: 'move_event',
    title: `Move "${event.title}" from ${tools.formatInstant(Date.parse(event.start))} to ${span(start, end, tools)}`,
    reason,
    requires: [],
    payload: { eventUid: event.uid, start, end, timeZone: facts.timeZone },
  }));
  const cancelled = cancels.map(({ key, event, reason }): CancelEvent => ({
    id: key,
    kind: 'cancel_event',
    title: `Cancel "${event.title}" on ${tools.formatInstant(Date.parse(event.start))}`,
    reason,
    requires: [],
    payload: { eventUid: event.uid, why: reason },
  }));
  return [...moved, ...cancelled, ...focusOperations(facts, focus, tools)];
}
