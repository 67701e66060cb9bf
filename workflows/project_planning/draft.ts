import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import { countProposed } from '../../src/contract/operations/words.ts';
import type { Operation, ProposalDraft, ProposalNote } from '../../src/contract/proposal.ts';
import type { DraftContract } from '../../src/schemas/workflow-contract.ts';
import { blockOperations, scheduleNotes } from '../shared/schedule.ts';
import type { PlannedSchedule } from '../shared/schedule.ts';
import type { ProjectPlanning } from './contract.ts';
import { dependencyOperations, phaseOperations, projectOperation, taskOperations } from './operations.ts';
import { planSchedule } from './schedule.ts';
import { operationIds, taskIdOf } from './identifiers.ts';
import { readAnalysis, readTasks } from './outputs.ts';

function notes(facts: FactSheet, schedule: PlannedSchedule): readonly ProposalNote[] {
  const assumptions = readAnalysis(facts).assumptions.map((text) => ({ kind: 'assumption', title: 'Assumed', text }));
  return [...scheduleNotes(schedule), ...assumptions];
}

function summaryText(operations: readonly Operation[], schedule: PlannedSchedule, tools: DraftTools): string {
  const { finishMs, unscheduled } = schedule.result;
  const finish = finishMs === null ? '' : `, done by ${tools.formatInstant(finishMs)}`;
  const misfits =
    unscheduled.length === 0 ? '' : ` ${unscheduled.length} tasks do not fit into the calendar; the notes say why.`;
  // The project is in the title.
  const counted = operations.filter(({ kind }) => kind !== 'create_project' && kind !== 'update_project');
  return `${countProposed(counted).join(', ')}${finish}.${misfits}`;
}

/** The plan as operations: project, phases, tasks, dependencies, and a calendar block for every scheduled piece. */
export const planDraft: DraftContract<ProjectPlanning['drafts']['plan']['params']> = {
  facts: ['userContext', 'project', 'tasks', 'calendar'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const schedule = planSchedule(facts, tools);
    const project = projectOperation(facts, schedule, tools);
    const phases = phaseOperations(facts, { schedule, tools, project });
    const tasks = taskOperations(facts, { schedule, tools, project });
    const ids = operationIds(facts);
    const targets = {
      timeZone: facts.timeZone,
      operationOf: (key: string): string => ids.task(key),
      taskIdOf: (key: string): string => taskIdOf(facts, key, tools),
    };
    const operations = [
      project,
      ...phases,
      ...tasks,
      ...dependencyOperations(facts, tools),
      ...blockOperations(schedule, targets, tools),
    ].filter((operation) => operation !== null);
    const count = readTasks(facts).flatMap((phase) => phase.tasks).length;
    const name = project.kind === 'create_project' ? project.payload.name : (facts.project?.name ?? 'the project');
    return {
      title: `Plan for ${name} (${count} tasks)`,
      summary: summaryText(operations, schedule, tools),
      operations,
      notes: notes(facts, schedule),
    };
  },
};
