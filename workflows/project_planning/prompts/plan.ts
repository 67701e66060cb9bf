import { plan } from '../contract.ts';
import type { Plan } from '../contract.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { situation } from '../../shared/situation.ts';
import { records } from './shared.ts';
import type { Call } from './shared.ts';

export const planPhases: Call<'plan', Plan> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: plan,
  facts: ['userContext', 'project', 'notes', 'tasks'],
  title: () => 'Lay out the phases',
  prompt: (facts) => ({
    instructions: [
      'You lay out a project as phases, in the order in which they are worked on.',
      "Where the person's text has a roadmap, milestones or steps of its own, use exactly those, with their names and order.",
      'Use keys p1, p2, … . Answer rejections: change what was objected to and keep the rest.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      ...records(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': facts.outputs['plan'] ?? null,
    },
  }),
  check: (output) =>
    duplicates(
      output.phases.map((phase) => phase.key),
      'phases',
    ),
  reasoning: (output) => output.reasoning,
  view: (output) => ({ phases: output.phases.map(({ key, name }) => ({ key, name })) }),
};
