import type { FactSheet } from '../../src/contract/facts.ts';
import { arrangement } from './arrange/shapes.ts';
import type { Arrangement } from './arrange/shapes.ts';
import { interpretation, meetingTasks, suggestions } from './contract.ts';
import type { Interpretation, MeetingTask, Suggestions } from './contract.ts';
import { patterns } from './shapes.ts';
import type { Meeting, Patterns } from './shapes.ts';

/** What earlier steps of this run found, read back through its own schema. */
export function readPatterns(facts: FactSheet): Patterns {
  return patterns.parse(facts.outputs['patterns']);
}

export function readArrangement(facts: FactSheet): Arrangement {
  return arrangement.parse(facts.outputs['arrange']);
}

/** Null before the call, and where there was nothing to interpret. */
export function readInterpretation(facts: FactSheet): Interpretation | null {
  return interpretation.safeParse(facts.outputs['interpret']).data ?? null;
}

export function readSuggestions(facts: FactSheet): Suggestions {
  return suggestions.safeParse(facts.outputs['suggest']).data ?? { projects: [], leaveOut: [] };
}

export type TaskOfMeeting = { readonly meeting: Meeting; readonly task: MeetingTask };

/** Tasks from meetings in the order of the meetings, each with its own. */
export function readMeetingTasks(facts: FactSheet): readonly TaskOfMeeting[] {
  const batches = Object.entries(facts.outputs).filter(([name]) => name.startsWith('meeting_tasks/'));
  const items = batches.flatMap(([, output]) => meetingTasks.parse(output).items);
  const tasksOf = new Map(items.map((item) => [item.key, item.tasks]));
  return readPatterns(facts).meetings.flatMap((meeting) =>
    (tasksOf.get(meeting.key) ?? []).map((task) => ({ meeting, task })),
  );
}
