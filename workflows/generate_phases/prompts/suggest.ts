import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import { normalizedTitle } from '../../shared/words.ts';
import { suggestions } from '../contract.ts';
import type { GeneratePhases, Suggestions } from '../contract.ts';
import { readAssignments, readPhases, readProject } from '../outputs.ts';
import { projectSections } from './shared.ts';

type Spec = GeneratePhases['calls']['suggest'];

export const suggestTasks: CallContract<Suggestions, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: suggestions,
  facts: ['userContext', 'project', 'notes'],
  title: ({ phase }) => `Suggest what ${phase} is missing`,
  prompt: (facts, { phase }) => {
    const assigned = readAssignments(facts);
    const { tasks, covered } = readProject(facts);
    return {
      instructions: [
        'You say which tasks are missing in one phase of a project, the one in "parameters": work without which its goal is not reached and that neither a task of "tasks" nor a title in "covered" covers: what is finished, or part of a task. None is a good answer.',
        'Each with steps, minutes, a priority and the reason why it is missed. Never repeat a task that is there.',
      ].join('\n'),
      sections: {
        ...projectSections(facts),
        covered,
        parameters: { phase },
        'output.phases': facts.outputs['phases'] ?? null,
        phase: asJson(readPhases(facts).phases.find((each) => each.key === phase)),
        tasks_of_phase: tasks.filter((task) => assigned.get(task.id)?.phase === phase).map((task) => task.title),
      },
    };
  },
  check: (output, facts) => {
    const { tasks, covered } = readProject(facts);
    const there = new Set([...tasks.map((task) => task.title), ...covered].map(normalizedTitle));
    const titles = output.tasks.map((task) => normalizedTitle(task.title));
    return titles.flatMap((title, index) =>
      there.has(title) || titles.indexOf(title) < index
        ? [
            {
              path: `tasks.${index}.title`,
              message: `"${output.tasks[index]?.title ?? ''}" is there already; leave it out`,
            },
          ]
        : [],
    );
  },
  reasoning: ({ tasks }) =>
    tasks.length === 0 ? 'Nothing is missing.' : tasks.map(({ title, reason }) => `${title}: ${reason}`).join('\n'),
  view: ({ tasks }) => ({ tasks: tasks.length }),
};
