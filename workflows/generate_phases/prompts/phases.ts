import type { Problem } from '../../../src/contract/errors.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { normalizedTitle } from '../../shared/words.ts';
import { phasePlan } from '../contract.ts';
import type { GeneratePhases, PhasePlan } from '../contract.ts';
import { strategyOf, strategyText } from '../strategies.ts';
import { projectSections } from './shared.ts';

function sameNames({ phases }: PhasePlan): readonly Problem[] {
  const names = phases.map(({ name }) => normalizedTitle(name));
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [
          {
            path: `phases.${index}.name`,
            message: `"${phases[index]?.name ?? ''}" is there twice; each phase has its own name`,
          },
        ]
      : [],
  );
}

type Spec = GeneratePhases['calls']['phases'];

export const layOutPhases: CallContract<PhasePlan, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: phasePlan,
  facts: ['userContext', 'project', 'notes'],
  title: () => 'Lay out the phases',
  prompt: (facts) => ({
    instructions: [
      'You divide a project into phases, two to seven as a rule, in which all of its open tasks ("tasks") find a place.',
      strategyText[strategyOf(facts)],
      'Keep the name of a phase in "existing_phases" that still fits: a phase of the same name is kept and not doubled. Where the project\'s own texts name phases, use those.',
      'Use keys p1, p2, … . Heed "intent"; answer "rejections": change what was objected to and keep the rest.',
    ].join('\n'),
    sections: { ...projectSections(facts), 'output.phases': facts.outputs['phases'] ?? null },
  }),
  check: (output) => [
    ...duplicates(
      output.phases.map((phase) => phase.key),
      'phases',
    ),
    ...sameNames(output),
  ],
  reasoning: ({ reasoning }) => reasoning,
  view: ({ phases }) => ({ keys: phases.map((phase) => phase.key) }),
};
