import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import { derivedId } from '../../../activities/support/digest.ts';
import { nothingGathered } from '../../../activities/support/facts/gatherers.ts';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import { blocks, projects, tasks } from './records.ts';
import type { FixtureTask } from './records.ts';

const dayMs = 86_400_000;
const homeZone = 'Europe/Berlin';
export const fixtureNow = '2027-03-01T08:00:00.000Z';

export function taskId(key: string): string {
  return derivedId(`task/${key}`);
}

export function projectId(key: string): string {
  return derivedId(`project/${key}`);
}

/** A day from now as the API stores it: its first instant in UTC. */
export function dayFrom(now: string, days: number): string {
  return `${new Date(Date.parse(now) + days * dayMs).toISOString().slice(0, 10)}T00:00:00.000Z`;
}

export function touchedAt(now: string, task: FixtureTask): string {
  return new Date(Date.parse(now) - (task.touched ?? 2) * dayMs).toISOString();
}

function detail(task: FixtureTask, now: string): TaskDetail {
  return {
    id: taskId(task.key),
    title: task.title,
    description: task.description ?? null,
    details: null,
    steps: task.steps ?? null,
    status: task.status ?? 'pending',
    priority: task.priority ?? 'medium',
    durationMinutes: task.minutes ?? null,
    startDate: null,
    deadline: task.due === undefined ? null : dayFrom(now, task.due),
    projectId: task.project === null ? null : projectId(task.project),
    parentTaskId: task.parent === undefined ? null : taskId(task.parent),
    phaseId: null,
    createdAt: touchedAt(now, task),
    updatedAt: touchedAt(now, task),
  };
}

type Given = {
  readonly tasks?: readonly FixtureTask[];
  readonly input?: JsonObject;
  readonly options?: JsonObject;
  readonly timeZone?: string;
};

/** The fixture as facts, without a database. */
export function troubledFacts(given: Given = {}): FactSheet {
  const all = given.tasks ?? tasks;
  const open = all.filter((task) => task.status !== 'cancelled' && task.status !== 'completed');
  const known = new Set(open.map((task) => task.key));
  const edges = open.flatMap((task) => (task.needs ?? []).map((need) => ({ task, need })));
  return {
    ...nothingGathered,
    runId: 'run',
    now: fixtureNow,
    timeZone: given.timeZone ?? homeZone,
    input: given.input ?? {},
    options: given.options ?? {},
    found: [],
    answers: [],
    addedContext: [],
    rejections: [],
    outputs: {},
    applied: null,
    proposalNotes: [],
    workload: {
      projects: projects.map(({ key, name, end }) => ({
        id: projectId(key),
        name,
        description: null,
        status: 'active',
        startDate: null,
        endDate: end === undefined ? null : dayFrom(fixtureNow, end),
        updatedAt: fixtureNow,
      })),
      tasks: open.map((task) => detail(task, fixtureNow)),
      dependencies: edges
        .filter(({ need }) => known.has(need))
        .map(({ task, need }) => ({ taskId: taskId(task.key), dependsOnId: taskId(need), kind: 'hard' })),
      blocks: blocks
        .filter((block) => known.has(block.task))
        .map((block) => ({ uid: `block-${block.task}`, taskId: taskId(block.task), ...blockTimes(block, fixtureNow) })),
      cut: false,
    },
    workloadContext: {
      cancelledNeeds: edges
        .filter(({ need }) => all.find((each) => each.key === need)?.status === 'cancelled')
        .map(({ task, need }) => ({
          taskId: taskId(task.key),
          dependsOnId: taskId(need),
          kind: 'hard',
          title: all.find((each) => each.key === need)?.title ?? need,
        })),
      phases: [],
      completed: [],
    },
  };
}

export function blockTimes(
  block: { readonly day: number; readonly hour: number; readonly minutes: number },
  now: string,
): { readonly start: string; readonly end: string } {
  const startMs = Date.parse(dayFrom(now, block.day)) + block.hour * 3_600_000;
  return { start: new Date(startMs).toISOString(), end: new Date(startMs + block.minutes * 60_000).toISOString() };
}

/** Calls pure code with the tools that activities lend it: default working hours, an empty calendar. */
export async function withTools<T>(work: (tools: DraftTools) => T, timeZone = homeZone): Promise<T> {
  const setting = { timeZone, workingHours: null, idScope: 'test' };
  return await withDraftTools(setting, async () => await Promise.resolve([]), work);
}
