import type { FactSheet } from '../../../src/contract/facts.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { readLimits, readTarget } from '../outputs.ts';
import type { Target } from '../outputs.ts';
import { closest, rankNeed } from './need.ts';
import type { Need } from './need.ts';

type Found = (task: TaskDetail, why: string) => Target;

const nobody = { task: null, candidates: [], subtasks: [], finishedSubtasks: [], history: [] };

/** Labels that tell the candidates apart, in their order. */
function labelled(needs: readonly Need[], facts: FactSheet): Target['candidates'] {
  const projects = new Map(facts.workload?.projects.map((project) => [project.id, project.name]));
  const used = new Map<string, number>();
  return needs.map(({ task, reasons }) => {
    const project = task.projectId === null ? undefined : projects.get(task.projectId);
    const label = project === undefined ? task.title : `${task.title} (${project})`;
    const count = (used.get(label) ?? 0) + 1;
    used.set(label, count);
    return { label: count === 1 ? label : `${label} #${count}`, taskId: task.id, why: `${reasons.join(', ')}.` };
  });
}

/** The task that the person chose among the candidates they were shown, or null before they were asked. */
function chosenTask(facts: FactSheet): TaskDetail | null {
  const answer = facts.answers.findLast(({ key }) => key === 'task')?.answer;
  if (answer === undefined || facts.outputs['target'] === undefined) return null;
  const chosen = readTarget(facts).candidates.find(({ label }) => label === answer);
  return facts.workload?.tasks.find((task) => task.id === chosen?.taskId) ?? null;
}

/** The open task most in need of being split, a choice among several, or the news that there is none. */
export function chooseByNeed(facts: FactSheet, found: Found): Target {
  const chosen = chosenTask(facts);
  if (chosen !== null) return found(chosen, 'You chose it.');
  const { workload } = facts;
  const { maxMinutes } = readLimits(facts);
  const projectId = facts.project?.id ?? null;
  const setting = { projectId, maxMinutes, nowMs: Date.parse(facts.now) };
  const ranked = workload === null ? [] : rankNeed(workload, setting);
  const [best, ...others] = closest(ranked);
  if (best === undefined) {
    const where = projectId === null ? 'No open task' : `No open task of "${facts.project?.name ?? ''}"`;
    const why = `${where} is longer than ${formatMinutes(maxMinutes)} or vague. Name one by taskId, say it in userPrompt, or lower maxMinutes.`;
    return { state: 'nothing', why, ...nobody };
  }
  if (others.length > 0) {
    const why = `${others.length + 1} tasks need it about equally, of ${ranked.length} that do.`;
    return { state: 'ask', why, ...nobody, candidates: labelled([best, ...others], facts) };
  }
  const rest = ranked.length === 1 ? '' : ` ${ranked.length - 1} more need it less.`;
  return found(best.task, `It needs it most: ${best.reasons.join(', ')}.${rest}`);
}
