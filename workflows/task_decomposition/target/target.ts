import { invalidInput } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import type { Question } from '../../../src/contract/request.ts';
import type { NoParams } from '../../../src/contract/types/shapes.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { normalizedTitle } from '../../shared/words.ts';
import type { TargetView } from '../contract.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { scaleRange } from '../durations.ts';
import { readLimits } from '../outputs.ts';
import type { Target } from '../outputs.ts';
import { chooseByNeed } from './choose.ts';
import { calibrate, finishedWork, rankedHistory } from './history.ts';
import { descendantsOf } from './tree.ts';

const historyShown = 8;

function textOf(facts: FactSheet): string | null {
  const text = facts.input['userPrompt'];
  return typeof text === 'string' ? text : null;
}

/** The task that the input names: by its id, or by a text that is the title of an open one. */
function namedTask(facts: FactSheet): TaskDetail | null {
  if (facts.focusTask !== null) return facts.focusTask;
  const text = textOf(facts);
  if (text === null) return null;
  const wanted = normalizedTitle(text);
  const projectId = facts.project?.id ?? null;
  const same = (facts.workload?.tasks ?? []).filter((task) => normalizedTitle(task.title) === wanted);
  return same.find((task) => projectId === null || task.projectId === projectId) ?? null;
}

function refuseClosed(task: TaskDetail): void {
  if (task.status !== 'completed' && task.status !== 'cancelled') return;
  throw invalidInput([
    {
      path: 'input.taskId',
      message: `"${task.title}" is ${task.status}: set it to pending first, or name an open task`,
    },
  ]);
}

/** Small as it stands: its known duration, as such work turns out, is within the size, and nobody said more about it. */
function smallReason(facts: FactSheet, task: TaskDetail): string | null {
  const { maxMinutes } = readLimits(facts);
  if (task.durationMinutes === null || textOf(facts) !== null || facts.addedContext.length > 0) return null;
  const { factor, reason } = calibrate(finishedWork(facts.finishedTasks), task.title);
  const minutes = task.durationMinutes;
  const { likely } = scaleRange({ low: minutes, likely: minutes, high: minutes }, factor);
  if (likely > maxMinutes) return null;
  const history = reason === null ? '' : ` ${reason}`;
  return `"${task.title}" takes ${formatMinutes(likely)}, within the ${formatMinutes(maxMinutes)} a subtask may take.${history}`;
}

function found(facts: FactSheet, task: TaskDetail, why: string): Target {
  const small = smallReason(facts, task);
  const below = descendantsOf(facts.workload?.tasks ?? [], task.id);
  const parents = new Set(below.map((each) => each.parentTaskId));
  const ids = new Set([task.id, ...below.map((each) => each.id)]);
  return {
    state: small === null ? 'ready' : 'small',
    why: small ?? why,
    task,
    candidates: [],
    subtasks: below.map((each) => ({ ...each, hasSubtasks: parents.has(each.id) })),
    finishedSubtasks: facts.finishedTasks
      .filter((each) => each.parentTaskId !== null && ids.has(each.parentTaskId))
      .map((each) => each.title),
    history: [...rankedHistory(finishedWork(facts.finishedTasks), task.title)].slice(0, historyShown),
  };
}

/** Which task is split: the one named, the text itself, or the one most in need among the records. */
export function findTarget(facts: FactSheet): Target {
  const named = namedTask(facts);
  if (named !== null) {
    refuseClosed(named);
    const why = facts.focusTask === null ? 'An open task has this title.' : 'The input names it.';
    return found(facts, named, why);
  }
  const text = textOf(facts);
  if (text === null) return chooseByNeed(facts, (task, why) => found(facts, task, why));
  const history = rankedHistory(finishedWork(facts.finishedTasks), text.slice(0, 300));
  const why = 'The text is the task; no open task has it as its title.';
  const none = { task: null, candidates: [], subtasks: [], finishedSubtasks: [] };
  return { state: 'ready', why, ...none, history: [...history].slice(0, historyShown) };
}

function question({ candidates, why }: Target): Question {
  return {
    key: 'task',
    question: 'Which of these tasks shall be split?',
    why,
    kind: 'choice',
    options: candidates.map(({ label }) => label),
    default: candidates[0]?.label ?? null,
  };
}

export const target: ComputationContract<Target, NoParams, TargetView> = {
  facts: ['project', 'focusTask', 'workload', 'finishedTasks'],
  title: () => 'Find the task',
  compute: (facts) => findTarget(facts),
  reasoning: ({ why, candidates }) => [why, ...candidates.map((each) => `${each.label}: ${each.why}`)].join('\n'),
  view: (output) => ({
    state: output.state,
    why: output.why,
    taskId: output.task?.id ?? null,
    questions: output.state === 'ask' ? [question(output)] : [],
  }),
};
