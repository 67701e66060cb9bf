import type { Problem } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { AgentContract } from '../../src/schemas/workflow-contract.ts';
import { asJson } from '../shared/json.ts';
import { situation } from '../shared/situation.ts';
import { findings } from './contract.ts';
import type { AgentType, Findings } from './contract.ts';

type Work = AgentType['agents']['work'];

/** How many changes the findings ask for. */
export function countChanges({ newTasks, newNotes, taskChanges }: Findings): number {
  return newTasks.length + newNotes.length + taskChanges.length;
}

/** Open tasks by id. */
export function openTasks(facts: FactSheet): ReadonlyMap<string, { readonly id: string; readonly title: string }> {
  const tasks = [...(facts.workload?.tasks ?? []), ...(facts.focusTask === null ? [] : [facts.focusTask])];
  return new Map(tasks.map((task) => [task.id, task]));
}

function projectProblems(facts: FactSheet, found: Findings): readonly Problem[] {
  const known = new Set([
    ...(facts.workload?.projects ?? []).map((each) => each.id),
    ...(facts.project === null ? [] : [facts.project.id]),
  ]);
  const of = (list: 'newTasks' | 'newNotes'): readonly Problem[] =>
    found[list].flatMap(({ projectId }, index) =>
      projectId === null || known.has(projectId)
        ? []
        : [{ path: `${list}.${index}.projectId`, message: `there is no open project ${projectId}; null is none` }],
    );
  return [...of('newTasks'), ...of('newNotes')];
}

function changeProblems(facts: FactSheet, { taskChanges }: Findings): readonly Problem[] {
  const known = openTasks(facts);
  return taskChanges.flatMap(({ taskId, status, priority, deadline }, index) => {
    const path = `taskChanges.${index}`;
    if (!known.has(taskId)) return [{ path: `${path}.taskId`, message: `there is no open task ${taskId}` }];
    if (taskChanges.findIndex((each) => each.taskId === taskId) < index)
      return [{ path: `${path}.taskId`, message: 'this task is changed twice; say all of it in one change' }];
    if (status === null && priority === null && deadline === null)
      return [{ path, message: 'changes nothing: set status, priority or deadline' }];
    return [];
  });
}

const instructions = [
  'Your work is agent.work.',
  'The goal is in the section "intent". Look into the person\'s records with the tools before you say anything about them.',
  'The result: "report" in Markdown says what you found and where it stands; "highlights" its points, one short sentence each.',
  'What should change goes into "newTasks", "newNotes" and "taskChanges" (of open tasks): it is shown to the person, who accepts or refuses each. Empty lists where nothing should. Use ids that tools gave you, never others.',
  'A tool that writes asks the person each time: use one only where the goal asks for that at once.',
  'When the section "rejections" is not empty, the person turned down what you proposed before: do it otherwise.',
].join('\n');

export const work: AgentContract<Findings, Work['params'], Work['view']> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 6_000,
  facts: ['userContext', 'project', 'focusTask', 'workload'],
  title: () => 'Work towards the goal',
  goal: (facts) => ({
    instructions,
    sections: {
      ...situation(facts),
      project: asJson(facts.project),
      task: asJson(facts.focusTask),
      earlier_result: facts.rejections.length === 0 ? null : (facts.outputs['work'] ?? null),
    },
  }),
  result: findings,
  check: (found, facts) => [...projectProblems(facts, found), ...changeProblems(facts, found)],
  view: (found) => ({ changes: countChanges(found) }),
};
