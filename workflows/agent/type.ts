import { anyAgent, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import { input, options, phases, result } from './contract.ts';
import { changesDraft } from './draft.ts';
import { report } from './report.ts';
import { work } from './work.ts';

export const agentType: WorkflowContract = {
  name: 'agent',
  version: 1,
  title: 'Work towards a goal with tools',
  description:
    'Lets a model look into your records, calendar and files with the tools you grant, and ends with a report and with changes that you accept or refuse.',
  phases,
  input,
  options,
  result,
  examples: [
    { userPrompt: 'Which tasks are overdue, and what should be done about them?' },
    { userPrompt: 'Find everything about the garden and note what is still open.', tools: ['read:own', 'create_note'] },
  ],
  calls: {},
  drafts: { changes: anyDraft(changesDraft) },
  computations: { report: anyComputation(report) },
  agents: { work: anyAgent(work) },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Agent'),
};
