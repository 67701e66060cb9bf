import type { SaidTask } from '../contract.ts';
import type { SaidPiece } from '../outputs.ts';
import type { Existing } from './existing-records.ts';
import type { Places } from './projects.ts';
import type { Place } from './understood.ts';
import { isSameThing, oneLine } from './words.ts';

/** What the dump says of one thing to do, wherever and however often it says it. */
export type Cluster = Place & {
  readonly titles: readonly string[];
  readonly said: SaidTask;
  /** `piece/key` of each time it was said. */
  readonly names: readonly string[];
  readonly parents: readonly string[];
  readonly quotes: readonly string[];
};
export type Clustered = {
  readonly clusters: readonly Cluster[];
  readonly contradictions: readonly string[];
  readonly dropped: readonly string[];
};

const rule = /^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+-]+)*$/u;

function isRealDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** A day that can be meant: a real one that is not over. Says why another is left out. */
function usableDay(day: string | null, today: string, say: (why: string) => void): string | null {
  if (day === null) return null;
  if (!isRealDay(day)) say(`${day} is no day`);
  else if (day < today) say(`${day} is over`);
  else return day;
  return null;
}

/** A task with what can't be meant taken out: days that are over, a start after the end, an unreadable rule. */
function sane(task: SaidTask, today: string, dropped: string[]): SaidTask {
  const say = (what: string) => (why: string) => void dropped.push(`${what} of "${task.title}": ${why}.`);
  const deadline = usableDay(task.deadline, today, say('The deadline'));
  const start = usableDay(task.startDate, today, say('The start'));
  const startDate = start !== null && deadline !== null && start > deadline ? null : start;
  if (start !== startDate) say('The start')(`${start ?? ''} is after its deadline`);
  const recurrence = task.recurrence !== null && rule.test(task.recurrence) ? task.recurrence : null;
  if (task.recurrence !== recurrence) say('The recurrence')(`"${task.recurrence ?? ''}" is no rule`);
  return { ...task, title: oneLine(task.title), deadline, startDate, recurrence };
}

function placeOf(task: SaidTask, piece: string, { places, existing, dropped }: Taking): Place {
  const given: Place = { projectId: existing.projectId, newProject: null };
  if (task.project === null) return given;
  const found = places.find(piece, task.project);
  if (found === null) dropped.push(`The project of "${task.title}": there is no ${task.project}.`);
  return found ?? given;
}

function samePlace(a: Place, b: Place): boolean {
  if (a.projectId === b.projectId && a.newProject === b.newProject) return true;
  const isNowhere = (place: Place): boolean => place.projectId === null && place.newProject === null;
  return isNowhere(a) || isNowhere(b);
}

const order = ['low', 'medium', 'high', 'critical'] as const;

function richer(a: string, b: string): string {
  if (a.includes(b)) return a;
  return b.includes(a) ? b : `${a}\n${b}`;
}

/** Two sayings of one task: the later day stands, all else is kept of both. */
function combined(a: SaidTask, b: SaidTask): SaidTask {
  const deadline = b.deadline ?? a.deadline;
  const start = b.startDate ?? a.startDate;
  return {
    ...a,
    title: b.title.length > a.title.length ? b.title : a.title,
    details: richer(a.details, b.details),
    steps: [...new Set([...a.steps, ...b.steps])],
    priority: order.indexOf(b.priority) > order.indexOf(a.priority) ? b.priority : a.priority,
    // A start that was said of another day than the one that stands now says nothing any more.
    startDate: start !== null && deadline !== null && start > deadline ? null : start,
    deadline,
    time: b.time ?? a.time,
    durationMinutes: b.durationMinutes ?? a.durationMinutes,
    recurrence: b.recurrence ?? a.recurrence,
    existingTaskId: a.existingTaskId ?? b.existingTaskId,
    guesses: [...new Set([...a.guesses, ...b.guesses])],
    confidence: Math.min(a.confidence, b.confidence),
  };
}

function contradictionsOf(a: SaidTask, b: SaidTask): readonly string[] {
  const differ = (what: string, was: string | number | null, is: string | number | null): readonly string[] =>
    was === null || is === null || was === is
      ? []
      : [`"${b.title}": ${what} is said to be ${was} and then ${is}; the later one is taken.`];
  return [
    ...differ('the deadline', a.deadline, b.deadline),
    ...differ('the start', a.startDate, b.startDate),
    ...differ('the duration in minutes', a.durationMinutes, b.durationMinutes),
  ];
}

/** Two clusters of one thing to do as one. */
export function joinClusters(a: Cluster, b: Cluster): Cluster {
  return {
    projectId: a.projectId ?? b.projectId,
    newProject: a.newProject ?? b.newProject,
    titles: [...new Set([...a.titles, ...b.titles])],
    said: combined(a.said, b.said),
    names: [...a.names, ...b.names],
    parents: [...a.parents, ...b.parents],
    quotes: [...new Set([...a.quotes, ...b.quotes])],
  };
}

type Taking = { readonly places: Places; readonly existing: Existing; readonly dropped: string[] };

/** Brings together what all pieces say of the same thing to do, in the order in which it is first said. */
export function clusterTasks(pieces: readonly SaidPiece[], { places, existing }: Omit<Taking, 'dropped'>): Clustered {
  const clusters: Cluster[] = [];
  const contradictions: string[] = [];
  const dropped: string[] = [];
  for (const { key: piece, tasks } of pieces) {
    for (const raw of tasks.tasks) {
      const said = sane(raw, existing.today, dropped);
      const place = placeOf(said, piece, { places, existing, dropped });
      const parents = said.parent === null ? [] : [`${piece}/${said.parent}`];
      const at = clusters.findIndex(
        (each) => samePlace(each, place) && each.titles.some((title) => isSameThing(title, said.title)),
      );
      const before = clusters[at];
      const fresh = {
        ...place,
        titles: [said.title],
        said,
        names: [`${piece}/${said.key}`],
        parents,
        quotes: [said.quote],
      };
      if (before === undefined) {
        clusters.push(fresh);
        continue;
      }
      contradictions.push(...contradictionsOf(before.said, said));
      clusters[at] = joinClusters(before, fresh);
    }
  }
  return { clusters, contradictions, dropped };
}
