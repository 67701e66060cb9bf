import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import { patternsOfWindow } from './analysis/patterns.ts';
import { arrange } from './arrange/arrange.ts';
import { input, options, phases, result } from './contract.ts';
import { suggestionsDraft } from './draft/draft.ts';
import { interpret } from './prompts/interpret.ts';
import { tasksOfMeetings } from './prompts/meeting-tasks.ts';
import { suggest } from './prompts/suggest.ts';
import { report } from './report/report.ts';

export const calendarAnalysis: WorkflowContract = {
  name: 'calendar_analysis',
  version: 1,
  title: 'Analyze the calendar',
  description:
    'Counts what a window of your calendar holds, finds recurring meetings (also those that are no series), and proposes projects, tasks for coming meetings, and time to focus.',
  phases,
  input,
  options,
  result,
  examples: [{ from: '2026-01-01', to: '2026-07-01' }, {}],
  calls: {
    interpret: anyCall(interpret),
    suggest: anyCall(suggest),
    meeting_tasks: anyCall(tasksOfMeetings),
  },
  drafts: { suggestions: anyDraft(suggestionsDraft) },
  computations: {
    patterns: anyComputation(patternsOfWindow),
    arrange: anyComputation(arrange),
    report: anyComputation(report),
  },
  nameRun: ({ userPrompt, from, to }) => {
    if (typeof userPrompt === 'string') return firstLine(userPrompt);
    const [start, end] = [from, to].map((bound) => (typeof bound === 'string' ? bound.slice(0, 10) : null));
    if (start === null && end === null) return 'Analyze the calendar';
    return `Calendar${start === null ? '' : ` from ${start}`}${end === null ? '' : ` to ${end}`}`;
  },
};
