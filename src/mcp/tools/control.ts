import { z } from 'zod';
import { budgetInput } from '../../schemas/common-input.ts';
import { defineMcpTool, reason, runId } from '../tool.ts';

const addContext = defineMcpTool({
  name: 'add_context',
  title: 'Add context to a run',
  description: 'Tells a run something that its later steps should know.',
  scopes: ['runs'],
  changes: 'adds',
  input: z.strictObject({ ...runId, text: z.string().trim().min(1, 'say what the run should know').max(200_000) }),
  run: async (api, params) => await api.addContext(params),
});

const pauseRun = defineMcpTool({
  name: 'pause_run',
  title: 'Pause a run',
  description: 'Holds a run at its next step border.',
  scopes: ['runs'],
  changes: 'adds',
  input: z.strictObject({ ...runId, ...reason }),
  run: async (api, params) => await api.pauseRun(params),
});

const resumeRun = defineMcpTool({
  name: 'resume_run',
  title: 'Resume a run',
  description: 'Lets a paused run go on.',
  scopes: ['runs'],
  changes: 'adds',
  input: z.strictObject(runId),
  run: async (api, params) => await api.resumeRun(params),
});

const stopRun = defineMcpTool({
  name: 'stop_run',
  title: 'Stop a run',
  description: 'Ends a run at its next step border; what it finished stays.',
  scopes: ['runs'],
  changes: 'takes',
  input: z.strictObject({ ...runId, ...reason }),
  run: async (api, params) => await api.stopRun(params),
});

const cancelRun = defineMcpTool({
  name: 'cancel_run',
  title: 'Cancel a run',
  description: 'Ends a run now and takes back what must not stay half done.',
  scopes: ['runs'],
  changes: 'takes',
  input: z.strictObject({ ...runId, ...reason }),
  run: async (api, params) => await api.cancelRun(params),
});

const limits = budgetInput.shape;

const setBudget = defineMcpTool({
  name: 'set_budget',
  title: 'Change the budget of a run',
  description: 'Changes limits of a run; one that is left out stays, null lifts it. A person’s decision.',
  scopes: ['decide'],
  changes: 'takes',
  input: z.strictObject({
    ...runId,
    maxCostUsd: limits.maxCostUsd.unwrap().exactOptional(),
    maxTokens: limits.maxTokens.unwrap().exactOptional(),
    maxSteps: limits.maxSteps.unwrap().exactOptional(),
    onExhausted: limits.onExhausted.unwrap().exactOptional(),
    softRatio: limits.softRatio.unwrap().exactOptional(),
  }),
  run: async (api, params) => await api.setBudget(params),
});

export const controlTools = [addContext, pauseRun, resumeRun, stopRun, cancelRun, setBudget];
