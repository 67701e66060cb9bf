import type { CallContract, WorkflowContract } from '../../../src/schemas/workflow-contract.ts';
import { anyCall } from '../../../src/schemas/workflow-contract.ts';
import { createCatalog } from '../../../workflows/catalog.ts';
import { projectPlanning } from '../../../workflows/project_planning/type.ts';
import { input, options, phases, result, said } from './contract.ts';
import type { Probe } from './contract.ts';

type Say = CallContract<{ text: string }, Probe['calls']['say']['params'], Probe['calls']['say']['view']>;

const say: Say = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 200,
  temperature: 0,
  output: said,
  facts: [],
  title: ({ turn }) => `Say ${turn}`,
  // The run's id keeps equal calls of two runs apart: answers are cached.
  prompt: (facts, { turn }) => ({
    instructions: 'Say something.',
    sections: { run: facts.runId, turn, added_context: facts.addedContext },
  }),
  check: () => [],
  reasoning: ({ text }) => text,
  view: ({ text }) => ({ text: text.slice(0, 40) }),
};

const probe: WorkflowContract = {
  name: 'probe',
  version: 1,
  title: 'Probe the kernel',
  description: 'Made to be tested.',
  phases,
  input,
  options,
  result,
  examples: [],
  calls: { say: anyCall(say) },
  drafts: {},
  nameRun: () => 'Probe',
};

export const probeCatalog = createCatalog([probe, projectPlanning]);
