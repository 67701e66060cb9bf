import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { projectBriefs } from '../contract.ts';
import type { GenerateDailyBrief, ProjectBriefs } from '../contract.ts';
import { itemsOf, readCollected } from '../outputs.ts';

type Spec = GenerateDailyBrief['calls']['projectBriefs'];

export const briefProjects: CallContract<ProjectBriefs, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: projectBriefs,
  facts: ['userContext'],
  title: ({ items }) => (items.length === 1 ? 'Brief a project' : `Brief ${items.length} projects`),
  prompt: (facts, { items }) => {
    const { date, name, free, projects } = readCollected(facts);
    return {
      instructions: [
        'You brief a person on each of their projects in "projects", for the day in "day".',
        'One item for each project, its id as "key". "text" is one to four sentences of Markdown, in the language of the project: what matters that day, what it hangs on, what moved. The tasks are listed below it: do not list them again.',
        'Where a task needs attention before all others name its id in "focusTaskId", otherwise null. Use only ids of that project\'s own tasks. Heed "intent" and "rejections".',
      ].join('\n'),
      sections: {
        ...situation(facts),
        day: { date, name, freeMinutes: free.minutes },
        parameters: { items },
        projects: asJson(projects.filter(({ id }) => id !== null && items.includes(id))),
      },
    };
  },
  check: (output, facts, { items }) => {
    const own = new Map(
      readCollected(facts).projects.map((project) => [project.id, new Set(itemsOf(project).map((item) => item.id))]),
    );
    const invented = output.items.flatMap(({ key, focusTaskId }, index) =>
      focusTaskId === null || own.get(key)?.has(focusTaskId) === true
        ? []
        : [
            {
              path: `items.${index}.focusTaskId`,
              message: `"${focusTaskId}" is no task of this project; use null or an id of its tasks`,
            },
          ],
    );
    return [...batchProblems(items, output.items), ...invented];
  },
  reasoning: ({ reasoning }) => reasoning,
  view: ({ items }) => ({ items: items.map(({ key }) => ({ key })) }),
};
