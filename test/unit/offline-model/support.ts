import { z } from 'zod';
import { analysis, ordering, phaseTasks, plan, summary } from '../../../workflows/project_planning/contract.ts';
import type { Analysis, Ordering, Plan, PlannedTask } from '../../../workflows/project_planning/contract.ts';
import { composeMessages } from '../../../activities/model/compose.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { answerRequest } from '../../../src/models/offline/answer/answer.ts';
import { buildOutline } from '../../../src/models/offline/outline/build-outline.ts';
import type { OutlineInput } from '../../../src/models/offline/outline/build-outline.ts';
import type { Outline } from '../../../src/models/offline/outline/outline.ts';
import { readBody } from '../../../src/models/offline/request-body.ts';
import type { WorkflowContract } from '../../../src/schemas/workflow-contract.ts';

/** A Saturday. */
export const now = '2026-11-21T09:00:00.000Z';
export const reference = { now, timeZone: 'Europe/Berlin' };

export type Sections = Readonly<Record<string, Json>>;
const outputs = { analyze: analysis, plan, tasks: phaseTasks, dependencies: ordering, summarize: summary } as const;
export type CallName = keyof typeof outputs;

export function section(name: string, value: Json): string {
  return `<section name="${name}">\n${typeof value === 'string' ? value : JSON.stringify(value, null, 1)}\n</section>`;
}

/** The body of a planning call, as the client sends it. */
export function planningBody(call: CallName, sections: Sections): { readonly [key: string]: Json } {
  const schema = z.json().parse(z.toJSONSchema(outputs[call]));
  return {
    model: 'steward-offline',
    messages: [
      { role: 'system', content: 'You plan.' },
      {
        role: 'user',
        content: Object.entries(sections)
          .map(([name, value]) => section(name, value))
          .join('\n\n'),
      },
    ],
    response_format: { type: 'json_schema', json_schema: { name: `project_planning.${call}`, strict: true, schema } },
  };
}

export function answerBody(body: Json): string {
  const read = readBody(body);
  if (!read.ok) throw new Error(read.fault.message);
  return answerRequest(read.request).content;
}

/** Asks the offline model by a call of a type; fails with what the call's own check finds wrong. */
export function askOffline(
  contract: WorkflowContract,
  facts: FactSheet,
  { call: name, params = {} }: { readonly call: string; readonly params?: JsonObject },
): Json {
  const call = contract.calls[name];
  if (call === undefined) throw new Error(`no call ${name}`);
  const schema = z.json().parse(z.toJSONSchema(call.output));
  const answer = answerBody({
    model: 'steward-offline',
    messages: composeMessages(call.prompt(facts, params)).map((message) => ({ ...message })),
    response_format: { type: 'json_schema', json_schema: { name: `${contract.name}.${name}`, strict: true, schema } },
  });
  const output = z.json().parse(call.output.parse(JSON.parse(answer)));
  const problems = call.check(output, facts, params);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return output;
}

function ask<Name extends CallName>(call: Name, sections: Sections): z.output<(typeof outputs)[Name]> {
  return outputs[call].parse(JSON.parse(answerBody(planningBody(call, sections)))) as z.output<(typeof outputs)[Name]>;
}

export type WholePlan = {
  readonly analysis: Analysis;
  readonly plan: Plan;
  readonly phases: readonly { readonly name: string; readonly tasks: readonly PlannedTask[] }[];
  readonly tasks: readonly PlannedTask[];
  readonly ordering: Ordering;
  readonly markdown: string;
};

function asJson(value: unknown): Json {
  return z.json().parse(value);
}

/** Asks all calls of a planning run one after the other, each checked by the contract's own schema. */
export function planWhole(intent: string, more: Sections = {}): WholePlan {
  const base: Sections = { now, time_zone: 'Europe/Berlin', intent, ...more };
  const analyzed = ask('analyze', base);
  const planned = ask('plan', { ...base, 'output.analyze': asJson(analyzed) });
  const known = { ...base, 'output.analyze': asJson(analyzed), 'output.plan': asJson(planned) };
  const phases = planned.phases.map((phase) => ({
    name: phase.name,
    key: phase.key,
    tasks: ask('tasks', { ...known, parameters: { phase: phase.key } }).tasks,
  }));
  const tasks = phases.flatMap((phase) => phase.tasks);
  const listed = asJson(phases.flatMap((phase) => phase.tasks.map((task) => ({ ...task, phase: phase.key }))));
  const ordered = ask('dependencies', { ...known, 'output.tasks': listed });
  const told = ask('summarize', {
    ...known,
    'output.tasks': listed,
    'output.dependencies': asJson(ordered),
    applied: { applied: tasks.length, failed: 0 },
  });
  return { analysis: analyzed, plan: planned, phases, tasks, ordering: ordered, markdown: told.markdown };
}

/** The dependencies by title, as "later < earlier". */
export function orderOf(whole: WholePlan, kind: 'hard' | 'soft'): readonly string[] {
  const titles = new Map(whole.tasks.map((task) => [task.key, task.title]));
  return whole.ordering.dependencies
    .filter((edge) => edge.kind === kind)
    .map((edge) => `${titles.get(edge.task)} < ${titles.get(edge.dependsOn)}`);
}

/** The outline of a text alone. */
export function outlineOf(intent: string, more: Partial<OutlineInput> = {}): Outline {
  return buildOutline({
    intent,
    background: [],
    projectName: null,
    projectDeadline: null,
    answers: [],
    comments: [],
    existingTasks: [],
    profile: '',
    reference,
    ...more,
  });
}

export function titlesOf(outline: Outline): readonly string[] {
  return outline.phases.flatMap((phase) => phase.tasks.map((task) => task.title));
}
