import { phaseTasks } from '../contract.ts';
import type { PhaseTasks } from '../contract.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { situation } from '../../shared/situation.ts';
import { ownTasks, records } from './shared.ts';
import type { Call } from './shared.ts';

export const planTasks: Call<'tasks', PhaseTasks> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: phaseTasks,
  facts: ['userContext', 'project', 'tasks'],
  title: ({ phase }) => `Plan the tasks of ${phase}`,
  prompt: (facts, params) => ({
    instructions: [
      'You plan the tasks of one phase of a project: the phase named in "parameters", and no other.',
      'Each task is something one person can finish, with concrete steps, a duration in minutes, a priority and the reason for both.',
      "Use the person's own tasks, names and order where the text has them. Keys are <phase>.t1, <phase>.t2, … .",
      'When an existing task is the same work, name its id in existingTaskId instead of inventing a second one; use only ids of "existing_tasks".',
    ].join('\n'),
    sections: {
      ...situation(facts),
      ...records(facts),
      parameters: params,
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
    },
  }),
  check: (output, facts, { phase }) => {
    const known = new Set(ownTasks(facts).map((task) => task.id));
    const references = output.tasks.flatMap((task, index) => {
      const id = task.existingTaskId;
      return id === null || known.has(id)
        ? []
        : [
            {
              path: `tasks.${index}.existingTaskId`,
              message: `"${id}" is no task that this plan may take up; use null or an id of existing_tasks`,
            },
          ];
    });
    const keys = output.tasks.flatMap((task, index) =>
      task.key.startsWith(`${phase}.`)
        ? []
        : [{ path: `tasks.${index}.key`, message: `"${task.key}" must start with "${phase}."` }],
    );
    return [
      ...duplicates(
        output.tasks.map((task) => task.key),
        'tasks',
      ),
      ...references,
      ...keys,
    ];
  },
  reasoning: (output) => output.tasks.map((task) => `${task.key} ${task.title}: ${task.reason}`).join('\n'),
  view: (output) => ({ tasks: output.tasks.length }),
};
