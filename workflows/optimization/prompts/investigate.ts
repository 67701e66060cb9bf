import type { AgentContract } from '../../../src/schemas/workflow-contract.ts';
import { diagnosis } from '../contract.ts';
import type { Diagnosis, Optimization } from '../contract.ts';
import { diagnose } from './diagnose.ts';

type Types = Optimization['agents']['investigate'];

/** The same diagnosis, by a model that reads what is behind the worst findings first: their tasks, and notes about them. */
export const investigate: AgentContract<Diagnosis, Types['params'], Types['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  facts: diagnose.facts,
  title: () => 'Investigate the bottlenecks',
  goal: (facts, params) => {
    const { instructions, sections } = diagnose.prompt(facts, params);
    const reading = [
      'Your work is optimization.investigate.',
      'Read before you judge: tasks behind the worst findings, and notes and tasks that bear on them. A few reads are enough. Then call finish.',
    ];
    return { instructions: [...reading, instructions].join('\n'), sections };
  },
  result: diagnosis,
  check: (output, facts, params) => diagnose.check(output, facts, params),
  view: (output) => ({ bottlenecks: output.bottlenecks.length }),
};
