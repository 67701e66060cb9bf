import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { saidTasks } from '../contract.ts';
import type { SaidTasks } from '../contract.ts';
import { pieceText } from '../outputs.ts';
import { knownProjects, largestPrompt, pieceSections, quoteProblems } from './shared.ts';
import type { Call } from './shared.ts';

function referenceProblems(output: SaidTasks, facts: FactSheet): readonly Problem[] {
  const projects = new Set([...knownProjects(facts), ...output.projects.map((project) => project.key)]);
  const existing = new Set((facts.workload?.tasks ?? []).map((task) => task.id));
  const keys = new Set(output.tasks.map((task) => task.key));
  return output.tasks.flatMap((task, index) => [
    ...(task.project === null || projects.has(task.project)
      ? []
      : [
          {
            path: `tasks.${index}.project`,
            message: `"${task.project}" is neither an id of "projects" nor a key of your own projects`,
          },
        ]),
    ...(task.existingTaskId === null || existing.has(task.existingTaskId)
      ? []
      : [
          {
            path: `tasks.${index}.existingTaskId`,
            message: `"${task.existingTaskId}" is no existing task; use null or an id of existing_tasks`,
          },
        ]),
    ...(task.parent === null || (keys.has(task.parent) && task.parent !== task.key)
      ? []
      : [{ path: `tasks.${index}.parent`, message: `"${task.parent}" is no other task of this answer` }]),
  ]);
}

function dateProblems(output: SaidTasks): readonly Problem[] {
  return output.tasks.flatMap(({ startDate, deadline }, index) =>
    startDate !== null && deadline !== null && deadline < startDate
      ? [{ path: `tasks.${index}.deadline`, message: 'the deadline is before the start' }]
      : [],
  );
}

export const takeTasks: Call<'tasks', SaidTasks> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 8_000,
  temperature: 0,
  output: saidTasks,
  facts: ['workload', 'brainDump'],
  title: ({ piece }) => `Take the tasks out of ${piece}`,
  prompt: (facts, { piece }) => ({
    instructions: [
      'You take out of a person\'s stream of thoughts ("intent") what they mean to do. Not every sentence is a task: leave out feelings, ideas, facts, what is done already, and what they decided against.',
      'A title is an order in the language of the text. details, steps, duration, recurrence (an iCalendar RRULE without "RRULE:") and time of day only where the text has them. An appointment has its day as startDate and deadline.',
      'Resolve relative dates against "now" in "time_zone". A task that an existing task is the same as carries its id in existingTaskId.',
      'project is the id of an existing project, or the key of a new one that you list under "projects"; a new project only where the person speaks of an undertaking of several tasks. Keys are n1, n2, … for projects and t1, t2, … for tasks; parent is the key of the task that it is a part of.',
      'quote is the stretch of the text that it comes from, word for word. "guesses" names what you guessed; confidence says how sure you are that the person means this.',
      'Answer rejections: leave out what was objected to and add what was missed (quote the nearest stretch).',
    ].join('\n'),
    sections: pieceSections(facts, piece),
  }),
  largest: (facts) => largestPrompt(facts, 1),
  check: (output, facts, { piece }) => [
    ...duplicates(
      output.tasks.map(({ key }) => key),
      'tasks',
    ),
    ...duplicates(
      output.projects.map(({ key }) => key),
      'projects',
    ),
    ...referenceProblems(output, facts),
    ...dateProblems(output),
    ...quoteProblems(
      [
        ...output.tasks.map(({ quote }, index) => ({ path: `tasks.${index}.quote`, quote })),
        ...output.projects.map(({ quote }, index) => ({ path: `projects.${index}.quote`, quote })),
      ],
      pieceText(facts, piece),
    ),
  ],
  reasoning: (output) =>
    output.tasks.length === 0
      ? 'Nothing to do in it.'
      : output.tasks.map((task) => `${task.title} ← "${task.quote}": ${task.reason}`).join('\n'),
  view: (output) => ({ tasks: output.tasks.length }),
};
