import type { TaskDetail, WorkloadFacts } from '../../../src/contract/facts/task-facts.ts';
import { meaningfulWords } from '../../shared/words.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';

export type Need = { readonly task: TaskDetail; readonly score: number; readonly reasons: readonly string[] };

const dayMs = 86_400_000;
const soonDays = 14;
const fewWords = 3;
const longest = 4;
// Candidates within this share of the neediest need it about as much.
const closeShare = 0.85;
const mostCandidates = 5;

function vagueness(task: TaskDetail): readonly string[] {
  const said = [task.steps, task.description, task.details].some((text) => text !== null && text.trim() !== '');
  return [
    ...(task.durationMinutes === null ? ['nobody said how long it takes'] : []),
    ...(said ? [] : ['it has neither steps nor a description']),
    ...(!said && meaningfulWords(task.title).size <= fewWords ? ['its title says little'] : []),
  ];
}

/** How much a task needs to be split: how far it is over the size, how vague it is, how soon it is due. 0: not at all. */
function needOf(task: TaskDetail, limits: { readonly maxMinutes: number; readonly nowMs: number }): Need {
  const { maxMinutes, nowMs } = limits;
  const over = task.durationMinutes === null ? 0 : Math.min(longest, task.durationMinutes / maxMinutes - 1);
  const vague = vagueness(task);
  const long = over > 0;
  if (!long && (task.durationMinutes !== null || vague.length < 2)) return { task, score: 0, reasons: [] };
  const dueMs = task.deadline === null ? null : Date.parse(task.deadline);
  const soon = dueMs !== null && dueMs - nowMs < soonDays * dayMs;
  const urgent = task.priority === 'critical' || task.priority === 'high';
  return {
    task,
    score: Math.max(0, over) + 0.5 * vague.length + (soon ? 0.5 : 0) + (urgent ? 0.25 : 0),
    reasons: [
      ...(long && task.durationMinutes !== null
        ? [`it takes ${formatMinutes(task.durationMinutes)}, more than ${formatMinutes(maxMinutes)}`]
        : []),
      ...vague,
      ...(soon ? ['it is due soon or over'] : []),
      ...(urgent ? [`its priority is ${task.priority}`] : []),
    ],
  };
}

/** Open tasks without open subtasks that need to be split, neediest first. */
export function rankNeed(
  workload: WorkloadFacts,
  of: { readonly projectId: string | null; readonly maxMinutes: number; readonly nowMs: number },
): readonly Need[] {
  const parents = new Set(workload.tasks.map((task) => task.parentTaskId));
  return workload.tasks
    .filter((task) => !parents.has(task.id) && (of.projectId === null || task.projectId === of.projectId))
    .map((task) => needOf(task, of))
    .filter((need) => need.score > 0)
    .toSorted((left, right) => right.score - left.score);
}

/** Those that need it about as much as the first: one, or what a person chooses from. */
export function closest(ranked: readonly Need[]): readonly Need[] {
  const best = ranked[0]?.score ?? 0;
  return ranked.filter((need) => need.score >= best * closeShare).slice(0, mostCandidates);
}
