import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import { input, options, phases, result } from './contract.ts';
import { parts } from './parts/parts.ts';
import { orderParts } from './prompts/order.ts';
import { splitTask } from './prompts/split.ts';
import { subtasksDraft } from './proposal/draft.ts';
import { report } from './report.ts';
import { target } from './target/target.ts';

export const taskDecomposition: WorkflowContract = {
  name: 'task_decomposition',
  version: 1,
  title: 'Split a task',
  description:
    'Splits a task into subtasks of a stated size, with steps, durations, checks and an order. Takes the open task most in need when none is named.',
  phases,
  input,
  options,
  result,
  examples: [
    {
      userPrompt:
        'Renovate the hall: buy paint, clear the hall, paint the walls after clearing it, lay the floor (2 days).',
    },
    { taskId: '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e' },
    {},
  ],
  calls: { split: anyCall(splitTask), order: anyCall(orderParts) },
  computations: { target: anyComputation(target), parts: anyComputation(parts), report: anyComputation(report) },
  drafts: { subtasks: anyDraft(subtasksDraft) },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Split a task'),
};
