import { firstLine } from '../shared/first-line.ts';
import { anyAgent, anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { analyze } from './computations/analyze.ts';
import { measure } from './computations/measure.ts';
import { settle } from './computations/settle.ts';
import { input, options, phases, result } from './contract.ts';
import { reorganization } from './draft/draft.ts';
import { diagnose } from './prompts/diagnose.ts';
import { investigate } from './prompts/investigate.ts';
import { consolidate, reorganize } from './prompts/remedies.ts';

export const optimization: WorkflowContract = {
  name: 'optimization',
  version: 1,
  title: 'Optimize open work',
  description:
    'Looks at all open projects and tasks (or one project), explains what holds them up, proposes what to merge, split, re-order, re-schedule or drop, and says what that gains.',
  phases,
  input,
  options,
  result,
  examples: [{}, { userPrompt: 'Keep Friday free. Nothing for the thesis before June.' }],
  calls: { diagnose: anyCall(diagnose), reorganize: anyCall(reorganize), consolidate: anyCall(consolidate) },
  computations: { analyze: anyComputation(analyze), settle: anyComputation(settle), measure: anyComputation(measure) },
  agents: { investigate: anyAgent(investigate) },
  drafts: { reorganization: anyDraft(reorganization) },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Optimize open work'),
};
