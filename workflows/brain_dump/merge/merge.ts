import type { SaidPiece } from '../outputs.ts';
import { leastSure, sureness } from './confidence.ts';
import { findOpen, updateOf } from './existing.ts';
import type { Existing, OpenTask } from './existing-records.ts';
import { mergeFacts } from './facts.ts';
import { placesOf } from './projects.ts';
import { clusterTasks, joinClusters } from './said-tasks.ts';
import type { Cluster } from './said-tasks.ts';
import type { NewTask, Understood } from './understood.ts';

type Matched = { readonly cluster: Cluster; readonly open: OpenTask | null };

/** Each cluster with the open task that it is; what is said of one open task in several ways is one cluster. */
function matchAll(clusters: readonly Cluster[], existing: Existing): readonly Matched[] {
  const matched: Matched[] = [];
  for (const cluster of clusters) {
    const open = findOpen(cluster, existing);
    const at = open === null ? -1 : matched.findIndex((each) => each.open?.id === open.id);
    const before = matched[at];
    if (before === undefined) matched.push({ cluster, open });
    else matched[at] = { cluster: joinClusters(before.cluster, cluster), open };
  }
  return matched;
}

type Naming = { readonly fresh: readonly Cluster[]; readonly matched: readonly Matched[] };

/** The task that a new one is a part of: another new one, or an open one, neither being a part of something itself. */
function parentOf(cluster: Cluster, { fresh, matched }: Naming): Pick<NewTask, 'parent' | 'parentTaskId'> {
  const none = { parent: null, parentTaskId: null };
  const over = matched.find(
    (each) => each.cluster !== cluster && cluster.parents.some((name) => each.cluster.names.includes(name)),
  );
  if (over === undefined) return none;
  if (over.open !== null) return over.open.parentTaskId === null ? { ...none, parentTaskId: over.open.id } : none;
  const isPart = matched.some(
    (each) => each.cluster !== over.cluster && over.cluster.parents.some((name) => each.cluster.names.includes(name)),
  );
  return isPart ? none : { ...none, parent: `task-${fresh.indexOf(over.cluster) + 1}` };
}

function asTask(cluster: Cluster, naming: Naming): NewTask {
  const { said, quotes } = cluster;
  const { fresh, matched } = naming;
  const under = parentOf(cluster, naming);
  const above = under.parent === null ? null : fresh[Number(under.parent.slice('task-'.length)) - 1];
  const open = matched.find((each) => each.open !== null && each.open.id === under.parentTaskId)?.open;
  // A part belongs where its whole does.
  const { projectId, newProject } =
    above ?? (open === undefined || open === null ? cluster : { projectId: open.projectId, newProject: null });
  return {
    key: `task-${fresh.indexOf(cluster) + 1}`,
    title: said.title,
    details: said.details,
    steps: [...said.steps],
    projectId,
    newProject,
    priority: said.priority,
    startDate: said.startDate,
    deadline: said.deadline,
    time: said.time,
    durationMinutes: said.durationMinutes,
    recurrence: said.recurrence,
    ...under,
    quotes: [...quotes],
    guesses: [...said.guesses],
    confidence: sureness(said.confidence, { guesses: said.guesses, merged: false }),
    reason: said.reason,
  };
}

function parentsFirst(tasks: readonly NewTask[]): NewTask[] {
  return [...tasks.filter((task) => task.parent === null), ...tasks.filter((task) => task.parent !== null)];
}

function updatesOf(matched: readonly Matched[]): Pick<Understood, 'updates' | 'known' | 'contradictions'> {
  const held = matched.flatMap(({ cluster, open }) =>
    open === null ? [] : [{ cluster, open, ...updateOf(cluster, open) }],
  );
  const updates = held.flatMap(({ update }) => (update === null ? [] : [update]));
  const known = held
    .filter(({ open }) => !updates.some((update) => update.taskId === open.id))
    .map(({ open, cluster }) => ({ taskId: open.id, title: open.title, quotes: [...cluster.quotes] }));
  return { updates, known, contradictions: held.flatMap(({ contradictions }) => contradictions) };
}

/** What the pieces say together: each thing once, held against what exists, with nothing that leads nowhere. */
export function mergePieces(pieces: readonly SaidPiece[], existing: Existing): Omit<Understood, 'title' | 'markdown'> {
  const places = placesOf(pieces, existing);
  const { clusters, contradictions, dropped } = clusterTasks(pieces, { places, existing });
  const matched = matchAll(clusters, existing);
  const fresh = matched.filter(({ open }) => open === null).map(({ cluster }) => cluster);
  const tasks = parentsFirst(fresh.map((cluster) => asTask(cluster, { fresh, matched })));
  const old = updatesOf(matched);
  const { dropped: knownFacts, insights, ...facts } = mergeFacts(pieces, { places, existing });
  const parts = [
    ...places.projects,
    ...tasks,
    ...old.updates,
    ...facts.notes,
    ...facts.projectAdditions,
    ...facts.personAdditions,
  ];
  return {
    projects: [...places.projects],
    tasks,
    ...old,
    notes: [...facts.notes],
    projectAdditions: [...facts.projectAdditions],
    personAdditions: [...facts.personAdditions],
    insights: [...insights],
    contradictions: [...contradictions, ...old.contradictions],
    dropped: [...dropped, ...knownFacts],
    confidence: leastSure(parts),
  };
}
