import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { CreateTask, LinkEvent } from '../../../src/contract/proposal.ts';
import { readMeetingTasks } from '../outputs.ts';
import type { TaskOfMeeting } from '../outputs.ts';
import { placeOf } from './projects.ts';

const words = { preparation: 'Prepare for', follow_up: 'Follow up on' } as const;

type Numbered = TaskOfMeeting & { readonly number: number; readonly taskKey: string };

function numbered(facts: FactSheet): readonly Numbered[] {
  const perMeeting = new Map<string, number>();
  return readMeetingTasks(facts).map((each, index) => {
    const count = (perMeeting.get(each.meeting.key) ?? 0) + 1;
    perMeeting.set(each.meeting.key, count);
    return { ...each, number: index + 1, taskKey: `task/${each.meeting.key}/${count}` };
  });
}

/** A preparation is done when the meeting begins; a follow-up by the end of the day it is due. */
function datesOf({ meeting, task }: Numbered, tools: DraftTools): { startDate: string | null; deadline: string } {
  const { start, end } = meeting.event;
  if (task.role === 'preparation') return { startDate: null, deadline: start };
  const { date } = tools.localDay(tools.local(Date.parse(end)).day + task.dueInDays);
  const dueMs = Math.max(tools.instant({ date, time: '23:59' }), Date.parse(end));
  return { startDate: end, deadline: new Date(dueMs).toISOString() };
}

function createTask(facts: FactSheet, each: Numbered, tools: DraftTools): CreateTask {
  const { task, meeting, number, taskKey } = each;
  const { projectId, requires } = placeOf(facts, task.project, tools);
  return {
    id: `task-${number}`,
    kind: 'create_task',
    title: `Add task "${task.title}"`,
    reason: `${words[task.role]} "${meeting.event.title}" on ${tools.formatInstant(Date.parse(meeting.event.start))}: ${task.reason}`,
    requires,
    payload: {
      taskId: tools.newId(taskKey),
      title: task.title,
      description: task.description === '' ? null : task.description,
      taskSteps: task.steps.length === 0 ? null : task.steps.map((step) => `- ${step}`).join('\n'),
      priority: task.priority,
      durationMinutes: task.durationMinutes,
      ...datesOf(each, tools),
      projectId,
      phaseId: null,
      order: number,
      parentTaskId: null,
      assignmentReason: null,
      source: 'calendar',
    },
  };
}

function linkEvent({ task, meeting, number, taskKey }: Numbered, tools: DraftTools): LinkEvent {
  const { uid, recurrenceId, title, start } = meeting.event;
  const existing = task.existingTaskId;
  return {
    id: `link-${number}`,
    kind: 'link_event',
    title: `Link "${task.title}" to "${title}" on ${tools.formatInstant(Date.parse(start))}`,
    reason: existing === null ? `It is the ${task.role.replace('_', '-')} of this meeting.` : task.reason,
    requires: existing === null ? [`task-${number}`] : [],
    payload: { eventUid: uid, recurrenceId, taskId: existing ?? tools.newId(taskKey), role: task.role },
  };
}

/** Tasks from meetings, each linked to its event; work that is a task already is linked and not made again. */
export function meetingTaskOperations(facts: FactSheet, tools: DraftTools): readonly (CreateTask | LinkEvent)[] {
  return numbered(facts).flatMap((each) => {
    const link = linkEvent(each, tools);
    return each.task.existingTaskId === null ? [createTask(facts, each, tools), link] : [link];
  });
}
