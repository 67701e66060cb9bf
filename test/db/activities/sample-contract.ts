import { z } from 'zod';
import type { Operation } from '../../../src/contract/proposal.ts';
import { commonOptions, planningInput } from '../../../src/schemas/common-input.ts';
import type { AnyCall, WorkflowContract } from '../../../src/schemas/workflow-contract.ts';

const call: AnyCall = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 1_000,
  temperature: 0,
  output: z.json(),
  facts: ['notes', 'tasks'],
  title: () => 'Analyze',
  prompt: () => ({ instructions: '', sections: {} }),
  check: () => [],
  reasoning: () => '',
  view: (output) => output,
};

/** A workflow type that proposes the given operations. */
export function sampleContract(operations: readonly Operation[]): WorkflowContract {
  return {
    name: 'sample',
    version: 3,
    title: 'Sample',
    description: '',
    phases: [{ name: 'plan', title: 'Plan' }],
    input: planningInput,
    options: commonOptions,
    result: z.json(),
    examples: [],
    calls: { analyze: call },
    drafts: {
      plan: {
        facts: [],
        title: () => 'Put the proposal together',
        draft: () => ({ title: 'The plan', summary: 'Some work.', operations, notes: [] }),
      },
    },
    nameRun: (input) => JSON.stringify(input['userPrompt']).slice(1, 41),
  };
}
