import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { input, options, phases, result } from './contract.ts';
import { assignTasks } from './prompts/assign.ts';
import { layOutPhases } from './prompts/phases.ts';
import { suggestTasks } from './prompts/suggest.ts';
import { phasesDraft } from './proposal/draft.ts';
import { read } from './read.ts';
import { report } from './report.ts';

export const generatePhases: WorkflowContract = {
  name: 'generate_phases',
  version: 1,
  title: 'Give a project phases',
  description:
    'Divides a project into phases one after the other, by topic or by deadline, places every open task with a reason, and suggests what is missing.',
  phases,
  input,
  options,
  result,
  examples: [{ projectId: '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e' }],
  calls: { phases: anyCall(layOutPhases), assign: anyCall(assignTasks), suggest: anyCall(suggestTasks) },
  computations: { read: anyComputation(read), report: anyComputation(report) },
  drafts: { phases: anyDraft(phasesDraft) },
  nameRun: () => 'Phases of a project',
};
