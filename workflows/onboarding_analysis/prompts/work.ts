import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { situation } from '../../shared/situation.ts';
import { work } from '../contract.ts';
import type { OnboardingAnalysis, Work } from '../contract.ts';
import { quoteProblems } from '../said.ts';

type Spec = OnboardingAnalysis['calls']['work'];

export const readWork: CallContract<Work, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: work,
  facts: ['userContext', 'workload'],
  title: () => 'Find projects and tasks',
  prompt: (facts) => ({
    instructions: [
      'You find what a person has to do in what they say in "intent", "context", "answers" and "added_context".',
      '"projects": undertakings of several steps that go on or that they want to begin, with keys p1, p2, …; use the name of "existing_projects" where it is the same one. "tasks": single things to do, each with the key of its project or null. Both with the stretch they come from as "quote", word for word.',
      '"insights": up to five sentences that help them: what their goals and their work have to do with each other, what stands in their way, where to begin. Invent nothing. Heed "rejections".',
    ].join('\n'),
    sections: {
      ...situation(facts),
      existing_projects: asJson((facts.workload?.projects ?? []).map(({ name }) => name)),
    },
  }),
  check: (output, facts) => {
    const keys = new Set(output.projects.map(({ key }) => key));
    const invented = output.tasks.flatMap(({ project }, index) =>
      project === null || keys.has(project)
        ? []
        : [{ path: `tasks.${index}.project`, message: `"${project}" is no key of "projects"; use one, or null` }],
    );
    return [
      ...duplicates(
        output.projects.map(({ key }) => key),
        'projects',
      ),
      ...invented,
      ...quoteProblems(facts, [
        ...output.projects.map(({ quote }, index) => ({ path: `projects.${index}.quote`, quote })),
        ...output.tasks.map(({ quote }, index) => ({ path: `tasks.${index}.quote`, quote })),
      ]),
    ];
  },
  reasoning: ({ projects, tasks, reasoning }) =>
    [reasoning, ...projects.map((each) => each.name), ...tasks.map((each) => each.title)].join('\n'),
  view: ({ tasks }) => ({ tasks: tasks.length }),
};
