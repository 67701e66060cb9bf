import { firstLine } from '../shared/first-line.ts';
import { anyCall, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { input, options, phases, result } from './contract.ts';
import { planDraft } from './draft.ts';
import { analyze } from './prompts/analyze.ts';
import { orderTasks } from './prompts/dependencies.ts';
import { planPhases } from './prompts/plan.ts';
import { summarize } from './prompts/summarize.ts';
import { planTasks } from './prompts/tasks.ts';

export const projectPlanning: WorkflowContract = {
  name: 'project_planning',
  version: 1,
  title: 'Plan a project',
  description:
    'Turns an intent into phases, tasks, dependencies and calendar blocks, asks what is unclear, and applies what you accept.',
  phases,
  input,
  options,
  result,
  examples: [
    {
      userPrompt:
        'Move to a new flat in Berlin by 15 March: find a mover, pack after buying boxes, change the address.',
    },
  ],
  calls: {
    analyze: anyCall(analyze),
    plan: anyCall(planPhases),
    tasks: anyCall(planTasks),
    dependencies: anyCall(orderTasks),
    summarize: anyCall(summarize),
  },
  drafts: { plan: anyDraft(planDraft) },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Plan a project'),
};
