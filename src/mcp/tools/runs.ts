import { z } from 'zod';
import { runStatuses, waitingFilters } from '../../contract/run.ts';
import { startFields } from '../../schemas/start-fields.ts';
import { anyObject, defineMcpTool, id, paging, runId } from '../tool.ts';

const type = z.string('name a workflow type').min(1, 'name a workflow type').max(200);

const listWorkflowTypes = defineMcpTool({
  name: 'list_workflow_types',
  title: 'Workflow types',
  description: 'What kinds of runs can be started, each with the JSON Schemas of its input and options.',
  scopes: [],
  changes: 'nothing',
  input: z.strictObject({}),
  run: async (api) => ({ items: await api.listWorkflowTypes() }),
});

const estimateRun = defineMcpTool({
  name: 'estimate_run',
  title: 'Estimate a run',
  description:
    'What a run of a type will probably take: cost, tokens, time, steps by past runs; before the first a range by the size of the input.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject({
    type,
    input: anyObject.exactOptional().meta({ description: 'What the run would be started with.' }),
  }),
  run: async (api, params) => await api.getEstimate(params),
});

const startRun = defineMcpTool({
  name: 'start_run',
  title: 'Start a run',
  description:
    'Starts a run of a workflow type and returns at once. Look after it with get_run; what it asks, a person answers.',
  scopes: ['runs'],
  changes: 'adds',
  input: z.strictObject({
    type: type.meta({ description: 'As list_workflow_types names it.' }),
    input: anyObject.meta({ description: "As the type's inputSchema describes it." }),
    options: anyObject.exactOptional().meta({ description: "As the type's optionsSchema describes it." }),
    ...startFields,
  }),
  run: async (api, { budget, ...start }) =>
    await api.startRun({ ...start, ...(budget === undefined ? {} : { budget: { ...dropUndefined(budget) } }) }),
});

function dropUndefined<T extends object>(value: T): { readonly [Key in keyof T]: Exclude<T[Key], undefined> } {
  // Exactly the fields whose type loses `undefined` are dropped.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    readonly [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

const listRuns = defineMcpTool({
  name: 'list_runs',
  title: 'Runs',
  description: 'Runs, newest first, with their status and what they wait on.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject({
    status: z.enum(runStatuses).exactOptional(),
    type: type.exactOptional(),
    projectId: id.exactOptional(),
    waitingOn: z
      .string()
      .min(1)
      .max(200)
      .exactOptional()
      .meta({ description: `One of: ${waitingFilters.join(', ')}. person: on any answer of theirs.` }),
    ...paging,
  }),
  run: async (api, filter) => await api.listRuns(filter),
});

const getRun = defineMcpTool({
  name: 'get_run',
  title: 'A run',
  description:
    'A run with its phases, status, what it waits on, budget, open requests, proposals, files, result and links. Its steps: list_steps.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject(runId),
  run: async (api, params) => {
    // The steps of a long run are more than a model should read at once.
    const { steps: _steps, ...run } = await api.getRun(params);
    return run;
  },
});

const listSteps = defineMcpTool({
  name: 'list_steps',
  title: 'Steps of a run',
  description: 'The decision history of a run: each step with its reasoning, cost, input and output.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject({
    ...runId,
    after: z.int().min(0).exactOptional().meta({ description: 'Steps with a greater number.' }),
    limit: paging.limit,
  }),
  run: async (api, params) => await api.listSteps(params),
});

export const runTools = [listWorkflowTypes, estimateRun, startRun, listRuns, getRun, listSteps];
