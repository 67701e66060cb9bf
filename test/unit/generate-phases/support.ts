import { z } from 'zod';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { DraftTools, FactSheet, ProjectFacts } from '../../../src/contract/facts.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { ProposalDraft } from '../../../src/contract/proposal.ts';
import { assignment, phasePlan, suggestions } from '../../../workflows/generate_phases/contract.ts';
import { generatePhases } from '../../../workflows/generate_phases/type.ts';
import { askOffline } from '../offline-model/support.ts';
import { factsOf, taskOf, workloadOf } from '../task-decomposition/support.ts';

const projectId = '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e';
export const project: ProjectFacts = {
  id: projectId,
  name: 'House',
  description: null,
  context: null,
  status: 'active',
  startDate: null,
  endDate: null,
  phases: [],
};

export function ownTask(title: string, more: Partial<TaskDetail> = {}): TaskDetail {
  return taskOf(title, { projectId, ...more });
}

/** The facts of a project with these open tasks. */
export function projectOf(tasks: readonly TaskDetail[], more: Partial<FactSheet> = {}): FactSheet {
  return factsOf({ project, workload: workloadOf(tasks), input: { projectId }, ...more });
}

export type Laid = {
  readonly facts: FactSheet;
  readonly draft: ProposalDraft;
  /** Names of the phases with the titles that go into each. */
  readonly placed: Readonly<Record<string, readonly string[]>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly suggested: readonly string[];
};

async function withTools<T>(timeZone: string, work: (tools: DraftTools) => T): Promise<T> {
  const setting = { timeZone, workingHours: null, idScope: 'test' };
  return await withDraftTools(setting, async () => await Promise.resolve([]), work);
}

/** All that a run does before the person decides, in its order, with the offline model. */
export async function layOut(start: FactSheet, options: JsonObject): Promise<Laid> {
  let facts: FactSheet = { ...start, options };
  const keep = (name: string, output: Json): void => {
    facts = { ...facts, outputs: { ...facts.outputs, [name]: output } };
  };
  const { read } = generatePhases.computations ?? {};
  const { phases: draft } = generatePhases.drafts;
  if (read === undefined || draft === undefined) throw new Error('the type has lost a part');
  const { timeZone } = facts;
  keep(
    'read',
    z.json().parse(JSON.parse(JSON.stringify(await withTools(timeZone, (tools) => read.compute(facts, {}, tools))))),
  );
  keep('phases', askOffline(generatePhases, facts, { call: 'phases' }));
  const { phases } = phasePlan.parse(facts.outputs['phases']);
  const tasks = (facts.workload?.tasks ?? []).filter((task) => task.parentTaskId === null);
  const items = tasks.map((task) => task.id);
  if (items.length > 0) keep('assign/b1', askOffline(generatePhases, facts, { call: 'assign', params: { items } }));
  const assigned = items.length === 0 ? [] : assignment.parse(facts.outputs['assign/b1']).items;
  const suggested: string[] = [];
  for (const { key } of phases) {
    const answer = askOffline(generatePhases, facts, { call: 'suggest', params: { phase: key } });
    suggested.push(...suggestions.parse(answer).tasks.map((task) => task.title));
    keep(`suggest/${key}`, answer);
  }
  const titleOf = (id: string): string => tasks.find((task) => task.id === id)?.title ?? '';
  const inPhase = (key: string): readonly string[] =>
    assigned.filter((item) => item.phase === key).map((item) => titleOf(item.key));
  return {
    facts,
    draft: await withTools(timeZone, (tools) => draft.draft(facts, {}, tools)),
    placed: Object.fromEntries(phases.map((phase) => [phase.name, inPhase(phase.key)])),
    reasons: Object.fromEntries(assigned.map((item) => [titleOf(item.key), item.reason])),
    suggested,
  };
}

/** When each new phase begins and ends. */
export function spansOf({ operations }: ProposalDraft): readonly { readonly start: string; readonly end: string }[] {
  return operations.flatMap((operation) =>
    operation.kind === 'create_phase' ? [{ start: operation.payload.startDate, end: operation.payload.endDate }] : [],
  );
}
