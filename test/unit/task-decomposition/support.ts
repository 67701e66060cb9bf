import { z } from 'zod';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import { nothingGathered } from '../../../activities/support/facts/gatherers.ts';
import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { FinishedTaskFacts, TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { ProposalDraft } from '../../../src/contract/proposal.ts';
import { taskDecomposition } from '../../../workflows/task_decomposition/type.ts';
import { askOffline } from '../offline-model/support.ts';

const now = '2026-11-21T09:00:00.000Z';

let made = 0;

/** A UUID for tests. */
function newUuid(): string {
  made += 1;
  return `0198b2f0-7f43-7b1c-9d3e-${String(made).padStart(12, '0')}`;
}

export function taskOf(title: string, more: Partial<TaskDetail> = {}): TaskDetail {
  return {
    id: newUuid(),
    title,
    description: null,
    details: null,
    steps: null,
    status: 'pending',
    priority: 'medium',
    durationMinutes: null,
    startDate: null,
    deadline: null,
    projectId: null,
    parentTaskId: null,
    phaseId: null,
    createdAt: now,
    updatedAt: now,
    ...more,
  };
}

export function finishedOf(title: string, more: Partial<FinishedTaskFacts> = {}): FinishedTaskFacts {
  return {
    id: newUuid(),
    title,
    description: null,
    projectId: null,
    parentTaskId: null,
    plannedMinutes: null,
    spentMinutes: null,
    completedAt: now,
    ...more,
  };
}

export function workloadOf(
  tasks: readonly TaskDetail[],
  dependencies: NonNullable<FactSheet['workload']>['dependencies'] = [],
): FactSheet['workload'] {
  return { projects: [], tasks, dependencies, blocks: [], cut: false };
}

export function factsOf(more: Partial<FactSheet> = {}): FactSheet {
  return {
    ...nothingGathered,
    runId: newUuid(),
    now,
    timeZone: 'Europe/Berlin',
    input: {},
    options: {},
    found: [],
    answers: [],
    addedContext: [],
    rejections: [],
    outputs: {},
    applied: null,
    proposalNotes: [],
    ...more,
  };
}

/** Calls pure code with the tools that an activity lends, over an empty calendar. */
async function withTools<T>(work: (tools: DraftTools) => T): Promise<T> {
  const setting = { timeZone: 'Europe/Berlin', workingHours: null, idScope: 'test' };
  return await withDraftTools(setting, async () => await Promise.resolve([]), work);
}

/** The whole of a computation's output as it would be stored. */
async function compute(facts: FactSheet, name: string, params: JsonObject = {}): Promise<Json> {
  const computation = taskDecomposition.computations?.[name];
  if (computation === undefined) throw new Error(`no computation ${name}`);
  return z
    .json()
    .parse(JSON.parse(JSON.stringify(await withTools((tools) => computation.compute(facts, params, tools)))));
}

/** Asks the offline model by a call of the type; fails with what the call's own check finds wrong. */
function ask(facts: FactSheet, call: string, params: JsonObject): Json {
  return askOffline(taskDecomposition, facts, { call, params });
}

export type Decomposed = { readonly facts: FactSheet; readonly draft: ProposalDraft | null; readonly rounds: number };

/** All that a run does before the person decides, in its order, with the offline model. */
export async function decompose(start: FactSheet): Promise<Decomposed> {
  let facts = start;
  const keep = (name: string, output: Json): void => {
    facts = { ...facts, outputs: { ...facts.outputs, [name]: output } };
  };
  keep('target', await compute(facts, 'target'));
  const state = z.object({ state: z.string() }).parse(facts.outputs['target']);
  if (state.state !== 'ready') return { facts, draft: null, rounds: 0 };
  keep('split', ask(facts, 'split', { part: '' }));
  const split: string[] = [];
  for (let rounds = 1; ; rounds += 1) {
    keep('parts', await compute(facts, 'parts', { split }));
    const parts = z
      .object({ oversized: z.array(z.string()), leaves: z.array(z.json()), nothing: z.string().nullable() })
      .parse(facts.outputs['parts']);
    if (parts.oversized.length === 0) {
      if (parts.nothing !== null) return { facts, draft: null, rounds };
      if (parts.leaves.length > 1) keep('order', ask(facts, 'order', {}));
      const draft = taskDecomposition.drafts['subtasks'];
      if (draft === undefined) throw new Error('no draft');
      return { facts, draft: await withTools((tools) => draft.draft(facts, {}, tools)), rounds };
    }
    for (const part of parts.oversized) keep(`split/${part}`, ask(facts, 'split', { part }));
    split.push(...parts.oversized);
  }
}
