import type { Cluster } from './said-tasks.ts';
import { sureness } from './confidence.ts';
import type { Existing, OpenTask } from './existing-records.ts';
import type { TaskUpdate } from './understood.ts';
import { isSameThing, isWithin, meaningOf } from './words.ts';

/** The open task that a cluster is the same as, or null. One in another project is another. */
export function findOpen(cluster: Cluster, existing: Existing): OpenTask | null {
  const named = existing.tasks.find((task) => task.id === cluster.said.existingTaskId);
  if (named !== undefined) return named;
  const alike = existing.tasks.filter((task) => cluster.titles.some((title) => isSameThing(task.title, title)));
  const own = alike.find((task) => task.projectId !== null && task.projectId === cluster.projectId);
  if (own !== undefined) return own;
  if (cluster.projectId !== null) return alike.find((task) => task.projectId === null) ?? null;
  // Of several projects' tasks none is meant for sure.
  return cluster.newProject === null && alike.length === 1 ? (alike[0] ?? null) : null;
}

function newDetails({ said, quotes }: Cluster, task: OpenTask): string | null {
  const known = meaningOf([task.title, task.description ?? '', task.steps ?? ''].join(' '));
  const text = said.details.trim() === '' ? quotes.join('\n') : said.details.trim();
  if (isWithin(meaningOf(text), known) || isWithin(meaningOf(text), meaningOf(task.title))) return null;
  return task.description === null || task.description.trim() === '' ? text : `${task.description}\n\n${text}`;
}

function changed<T extends string | number>(said: T | null, was: T | null): T | null {
  return said === was ? null : said;
}

const raised = ['high', 'critical'] as const;

/** What the dump adds to an open task, or null when all of it is there already. */
export function updateOf(
  cluster: Cluster,
  task: OpenTask,
): { readonly update: TaskUpdate | null; readonly contradictions: readonly string[] } {
  const { said, quotes } = cluster;
  const steps = said.steps.filter((step) => !isWithin(meaningOf(step), meaningOf(task.steps ?? '')));
  const deadline = changed(said.deadline, task.deadline);
  const due = said.deadline ?? task.deadline;
  const isLate = said.startDate !== null && due !== null && said.startDate > due;
  const startDate = isLate ? null : changed(said.startDate, task.startDate);
  const priority =
    raised.find((name) => name === said.priority && name !== task.priority && task.priority !== 'critical') ?? null;
  // Only what the dump itself says: an estimate of a model is no news of a task that has one.
  const durationMinutes = task.durationMinutes === null ? said.durationMinutes : null;
  const fresh = { steps, deadline, startDate, priority, durationMinutes: null };
  const onlyWords = newDetails(cluster, task);
  const nothing =
    steps.length === 0 && deadline === null && startDate === null && priority === null && onlyWords === null;
  const contradictions =
    deadline !== null && task.deadline !== null
      ? [`"${task.title}" is due on ${task.deadline}; the dump says ${deadline}.`]
      : [];
  if (nothing) return { update: null, contradictions };
  return {
    contradictions,
    update: {
      ...fresh,
      durationMinutes,
      taskId: task.id,
      title: task.title,
      description: onlyWords,
      time: said.time,
      quotes: [...quotes],
      confidence: sureness(said.confidence, { guesses: said.guesses, merged: true }),
      reason: said.reason,
    },
  };
}
