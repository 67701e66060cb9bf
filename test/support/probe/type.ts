import { batchProblems } from '../../../src/schemas/batch-answer.ts';
import type {
  AgentContract,
  CallContract,
  ComputationContract,
  DraftContract,
  WorkflowContract,
} from '../../../src/schemas/workflow-contract.ts';
import type { DraftTools } from '../../../src/contract/facts.ts';
import type { CreateProject, CreateTask, Operation } from '../../../src/contract/proposal.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { anyAgent, anyCall, anyComputation, anyDraft } from '../../../src/schemas/workflow-contract.ts';
import { catalog, createCatalog } from '../../../workflows/catalog.ts';
import { found, input, options, phases, result, said, weighed } from './contract.ts';
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
    sections: {
      run: facts.runId,
      turn,
      added_context: facts.addedContext,
      comments: facts.rejections.flatMap(({ comment }) => comment ?? []),
    },
  }),
  check: () => [],
  reasoning: ({ text }) => text,
  view: ({ text }) => ({ text: text.slice(0, 40) }),
};

type Weighed = Probe['calls']['weigh']['view'];

const weigh: CallContract<
  Weighed & { items: { key: string; weight: number }[] },
  Probe['calls']['weigh']['params'],
  Weighed
> = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 400,
  temperature: 0,
  output: weighed,
  facts: [],
  title: ({ items }) => `Weigh ${items.length} texts`,
  // Texts are looked up by their keys here: the history carries keys alone.
  prompt: (facts, { items }) => ({
    instructions: 'Say how much each text weighs.',
    sections: {
      run: facts.runId,
      items: items.map((key) => ({ key, text: textOf(facts.input['items'] ?? null, key) })),
    },
  }),
  check: (output, _facts, { items }) => batchProblems(items, output.items),
  reasoning: (output) => output.items.map(({ key, weight }) => `${key}: ${weight}`).join('\n'),
  view: ({ items }) => ({ items }),
};

type Work = Probe['agents']['work'];

const work: AgentContract<{ result: string; noteId?: string | undefined }, Work['params'], Work['view']> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 2_000,
  facts: ['notes'],
  title: () => 'Work',
  goal: (facts) => ({
    instructions: 'Do what the section "goal" says.',
    sections: { goal: facts.input['goal'] ?? 'Find out.', texts: facts.input['texts'] ?? null },
  }),
  result: found,
  check: ({ noteId }, facts) =>
    noteId === undefined || facts.notes.some((note) => note.id === noteId)
      ? []
      : [{ path: 'noteId', message: `there is no note ${noteId}` }],
  view: ({ result: text }) => text.slice(0, 2_000),
};

function textOf(texts: Json, key: string): Json {
  const isObject = typeof texts === 'object' && texts !== null && !Array.isArray(texts);
  return isObject ? ((texts as JsonObject)[key] ?? null) : null;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

const add: ComputationContract<{ sum: number }, Record<string, never>, { readonly sum: number }> = {
  facts: [],
  title: () => 'Add up',
  compute: ({ input: { numbers } }) => ({
    sum: isNumbers(numbers) ? numbers.reduce((sum, each) => sum + each, 0) : 0,
  }),
  reasoning: ({ sum }) => `It is ${sum}.`,
  view: ({ sum }) => ({ sum }),
};

function addTask(number: number, tools: DraftTools): CreateTask {
  return {
    id: `task-${String(number)}`,
    kind: 'create_task',
    title: `Add task ${String(number)}`,
    reason: 'The test asks for it.',
    requires: ['project'],
    payload: {
      taskId: tools.newId(`task-${String(number)}`),
      projectId: tools.newId('project'),
      phaseId: null,
      parentTaskId: null,
      order: number,
      assignmentReason: null,
      title: `Task ${String(number)}`,
      description: null,
      taskSteps: null,
      priority: 'medium',
      durationMinutes: null,
      startDate: null,
      deadline: null,
    },
  };
}

function addProject(tools: DraftTools): CreateProject {
  const texts = { description: null, executiveSummary: null, context: null, startDate: null, endDate: null };
  return {
    id: 'project',
    kind: 'create_project',
    title: 'Create project "Probe"',
    reason: 'The test asks for it.',
    requires: [],
    payload: { projectId: tools.newId('project'), name: 'Probe', ...texts },
  };
}

function operationsFor(tasks: number, tools: DraftTools): readonly Operation[] {
  if (tasks < 0) return [];
  return [addProject(tools), ...Array.from({ length: tasks }, (_none, index) => addTask(index + 1, tools))];
}

const project: DraftContract<Record<string, never>> = {
  facts: [],
  title: () => 'Draft a project',
  draft: ({ input: { confidence, tasks } }, _params, tools) => ({
    title: 'A project',
    summary: 'One project.',
    operations: operationsFor(typeof tasks === 'number' ? tasks : 0, tools),
    notes: [],
    ...(typeof confidence === 'number' ? { confidence } : {}),
  }),
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
  calls: { say: anyCall(say), weigh: anyCall(weigh) },
  drafts: { project: anyDraft(project) },
  computations: { add: anyComputation(add) },
  agents: { work: anyAgent(work) },
  nameRun: () => 'Probe',
};

export const probeCatalog = createCatalog([probe, ...catalog.list()]);
