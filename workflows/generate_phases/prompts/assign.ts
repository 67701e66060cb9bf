import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { assignment } from '../contract.ts';
import type { Assignment, GeneratePhases } from '../contract.ts';
import { readPhases } from '../outputs.ts';
import { strategyOf, strategyText } from '../strategies.ts';
import { projectSections } from './shared.ts';

type Spec = GeneratePhases['calls']['assign'];

export const assignTasks: CallContract<Assignment, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: assignment,
  facts: ['userContext', 'project', 'notes'],
  title: ({ items }) => `Assign ${items.length} ${items.length === 1 ? 'task' : 'tasks'} to phases`,
  prompt: (facts, { items }) => ({
    instructions: [
      'You assign tasks to phases: exactly the tasks whose ids are in "parameters", each once, with the id as "key", the key of its phase in "output.phases", and the reason in a sentence.',
      strategyText[strategyOf(facts)],
    ].join('\n'),
    sections: { ...projectSections(facts), parameters: { items }, 'output.phases': facts.outputs['phases'] ?? null },
  }),
  check: (output, facts, { items }) => {
    const keys = new Set(readPhases(facts).phases.map((phase) => phase.key));
    const invented = output.items.flatMap(({ phase }, index) =>
      keys.has(phase)
        ? []
        : [{ path: `items.${index}.phase`, message: `"${phase}" is no phase; use one of: ${[...keys].join(', ')}` }],
    );
    return [...batchProblems(items, output.items), ...invented];
  },
  reasoning: ({ items }) => items.map(({ key, phase, reason }) => `${key} → ${phase}: ${reason}`).join('\n'),
  view: ({ items }) => ({ items: items.map(({ key }) => ({ key })) }),
};
