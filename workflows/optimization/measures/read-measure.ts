import type { Problem } from '../../../src/contract/errors.ts';
import type { ProposedMeasure } from '../contract.ts';
import type { Change } from './measure.ts';

/** The records that measures may name, and today's local date. */
export type Known = {
  readonly tasks: ReadonlySet<string>;
  readonly projects: ReadonlySet<string>;
  /** Ids of phases, each with its project. */
  readonly phases: ReadonlyMap<string, string>;
  /** Tasks whose needs may be taken away beside the open ones: cancelled tasks that something waits for. */
  readonly cancelled: ReadonlySet<string>;
  readonly today: string;
};

type Read = { readonly change: Change } | { readonly problems: readonly Problem[] };
type Reader = (measure: ProposedMeasure, known: Known) => Read;

function wrong(path: string, message: string): Read {
  return { problems: [{ path, message }] };
}

function unknownTask(id: string): string {
  return `"${id}" is no open task; use only ids of the sections`;
}

function readMerge({ target, others }: ProposedMeasure, known: Known): Read {
  if (others.length === 0) return wrong('others', 'name the tasks that are merged into the target');
  const strange = others.find((id) => !known.tasks.has(id));
  if (strange !== undefined) return wrong('others', unknownTask(strange));
  if (others.includes(target) || new Set(others).size < others.length)
    return wrong('others', 'names the target, or a task twice');
  return { change: { kind: 'merge', taskId: target, others } };
}

function readSplit({ target, parts }: ProposedMeasure): Read {
  if (parts.length < 2) return wrong('parts', 'a split has at least two parts, each with a title and minutes');
  return { change: { kind: 'split', taskId: target, parts } };
}

function readMove({ target, projectId, phaseId }: ProposedMeasure, known: Known): Read {
  if (projectId !== null && !known.projects.has(projectId))
    return wrong('projectId', `"${projectId}" is no open project; use an id of "projects" or null`);
  if (phaseId !== null && known.phases.get(phaseId) !== projectId)
    return wrong('phaseId', `"${phaseId}" is no phase of that project; use an id of "phases" or null`);
  return { change: { kind: 'move', taskId: target, projectId, phaseId } };
}

function readReschedule({ target, start, deadline }: ProposedMeasure, { today }: Known): Read {
  if (start === null && deadline === null) return wrong('deadline', 'give a new deadline or a new start');
  if (deadline !== null && deadline < today) return wrong('deadline', `${deadline} is past; today is ${today}`);
  if (start !== null && deadline !== null && start > deadline) return wrong('start', 'must not be after the deadline');
  return { change: { kind: 'reschedule', taskId: target, start, deadline } };
}

function readReprioritize({ target, priority }: ProposedMeasure): Read {
  if (priority === null) return wrong('priority', 'give the new priority');
  return { change: { kind: 'reprioritize', taskId: target, priority } };
}

function readEstimate({ target, minutes }: ProposedMeasure): Read {
  if (minutes === null) return wrong('minutes', 'give the estimate in minutes');
  return { change: { kind: 'estimate', taskId: target, minutes } };
}

function readDependency(kind: 'add_dependency' | 'remove_dependency'): Reader {
  return ({ target, others }, known) => {
    const [dependsOnId, more] = others;
    if (dependsOnId === undefined || more !== undefined) return wrong('others', 'name the one task it waits for');
    if (!known.tasks.has(dependsOnId) && !(kind === 'remove_dependency' && known.cancelled.has(dependsOnId)))
      return wrong('others', unknownTask(dependsOnId));
    if (dependsOnId === target) return wrong('others', "a task can't wait for itself");
    return { change: { kind, taskId: target, dependsOnId } };
  };
}

function readExtend({ target, deadline }: ProposedMeasure, { today }: Known): Read {
  if (deadline === null || deadline < today) return wrong('deadline', `give the new end, ${today} or later`);
  return { change: { kind: 'extend_project', projectId: target, deadline } };
}

function readClose({ target, status }: ProposedMeasure): Read {
  if (status === null) return wrong('status', 'say how: on_hold, completed or cancelled');
  return { change: { kind: 'close_project', projectId: target, status } };
}

const readers: Readonly<Record<ProposedMeasure['kind'], Reader>> = {
  merge: readMerge,
  drop: ({ target }) => ({ change: { kind: 'drop', taskId: target } }),
  split: readSplit,
  move: readMove,
  reschedule: readReschedule,
  move_blocks: ({ target }) => ({ change: { kind: 'move_blocks', taskId: target } }),
  reprioritize: readReprioritize,
  estimate: readEstimate,
  add_dependency: readDependency('add_dependency'),
  remove_dependency: readDependency('remove_dependency'),
  extend_project: readExtend,
  close_project: readClose,
};

/** A model's measure as a change, or what is wrong with it: ids that do not exist, fields that its kind needs. */
export function readMeasure(measure: ProposedMeasure, known: Known): Read {
  const { kind, target } = measure;
  const ofProject = kind === 'extend_project' || kind === 'close_project';
  if (ofProject && !known.projects.has(target))
    return wrong('target', `"${target}" is no open project; use an id of "projects"`);
  if (!ofProject && !known.tasks.has(target)) return wrong('target', unknownTask(target));
  return readers[kind](measure, known);
}
