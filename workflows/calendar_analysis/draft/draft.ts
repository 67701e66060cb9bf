import { countProposed } from '../../../src/contract/operations/words.ts';
import type { DraftContract } from '../../../src/schemas/workflow-contract.ts';
import type { CalendarAnalysis } from '../contract.ts';
import { readPatterns } from '../outputs.ts';
import { calendarOperations } from './calendar-changes.ts';
import { notesOf } from './notes.ts';
import { projectOperations } from './projects.ts';
import { meetingTaskOperations } from './tasks.ts';

/** Projects, tasks with their links, and changes of the calendar. */
export const suggestionsDraft: DraftContract<CalendarAnalysis['drafts']['suggestions']['params']> = {
  facts: ['project', 'workload'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools) => {
    const { window, figures } = readPatterns(facts);
    const operations = [
      ...projectOperations(facts, tools),
      ...meetingTaskOperations(facts, tools),
      ...calendarOperations(facts, tools),
    ];
    const [from, to] = [window.from, window.to].map((bound) => tools.local(Date.parse(bound)).date);
    return {
      title: `What follows from the calendar, ${from} to ${to}`,
      summary: `${countProposed(operations).join(', ')}, from ${figures.events} events.`,
      operations,
      notes: notesOf(facts, tools),
    };
  },
};
