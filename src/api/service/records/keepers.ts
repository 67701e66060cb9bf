import type { InsertObject, UpdateObject } from 'kysely';
import { z } from 'zod';
import type { Json, JsonObject } from '../../../contract/json.ts';
import * as brainDumps from '../../../db/records/brain-dumps.ts';
import { replaceDependencies } from '../../../db/records/dependencies.ts';
import * as notes from '../../../db/records/notes.ts';
import type { Place } from '../../../db/records/page.ts';
import * as phases from '../../../db/records/phases.ts';
import * as projects from '../../../db/records/projects.ts';
import * as tasks from '../../../db/records/tasks.ts';
import type { Tables } from '../../../db/tables.ts';
import { jsonOrNull } from '../../../db/values.ts';
import {
  brainDumpStatuses,
  projectStatuses,
  recordCreate,
  recordUpdate,
  taskStatuses,
} from '../../../schemas/records.ts';
import type { RecordKind, TaskEventView } from '../../records-api.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import type { Tx } from '../runs/find.ts';
import { readTaskEvents } from './task-events.ts';

export type ListQuery = {
  readonly projectId: string | undefined;
  readonly status: string | undefined;
  readonly after: Place | null;
  readonly limit: number;
};
type Row = { readonly id: string; readonly created_at: string };
export type Change = { readonly id: string; readonly userId: string; readonly changes: JsonObject };

/** What can be done with one kind of record, within a transaction of its owner. */
export interface Keeper {
  list(tx: Tx, query: ListQuery): Promise<readonly Row[]>;
  get(tx: Tx, id: string): Promise<Row>;
  create(tx: Tx, params: { readonly userId: string; readonly values: JsonObject }): Promise<Row>;
  update(tx: Tx, change: Change): Promise<Row>;
  remove(tx: Tx, id: string): Promise<void>;
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Drops what was left out, which a parsed object holds as nothing and its type as `undefined`. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

function page({ projectId, after, limit }: ListQuery) {
  return { after, limit, ...(projectId === undefined ? {} : { projectId }) };
}

function statusOf<Status extends string>(statuses: readonly Status[], query: ListQuery): { readonly status?: Status } {
  const status = parseOrRefuse(
    z.enum(statuses, `expected one of: ${statuses.join(', ')}`).optional(),
    query.status,
    'status',
  );
  return status === undefined ? {} : { status };
}

const projectKeeper: Keeper = {
  list: async (tx, query) => await projects.listProjects(tx, { ...page(query), ...statusOf(projectStatuses, query) }),
  get: async (tx, id) => await projects.getProject(tx, { id }),
  create: async (tx, { userId, values }) =>
    await projects.insertProject(tx, { ...given(parseOrRefuse(recordCreate.projects, values)), user_id: userId }),
  update: async (tx, { id, changes }) =>
    await projects.updateProject(tx, { id, changes: given(parseOrRefuse(recordUpdate.projects, changes)) }),
  remove: async (tx, id) => await projects.deleteProject(tx, { id }),
};

type Edges = { readonly userId: string; readonly dependencies: readonly string[] | null | undefined };

/** `dependencies` stands for the edges of the table of dependencies; the column itself is a copy. */
async function putTask(tx: Tx, row: Row, edges: Edges): Promise<Row> {
  if (edges.dependencies === undefined) return row;
  await replaceDependencies(tx, {
    taskId: row.id,
    userId: edges.userId,
    dependsOn: [...new Set(edges.dependencies ?? [])],
  });
  return await tasks.getTask(tx, { id: row.id });
}

async function withEvents(tx: Tx, row: Row): Promise<Row & { readonly events: readonly TaskEventView[] }> {
  return { ...row, events: await readTaskEvents(tx, row.id) };
}

const taskKeeper: Keeper = {
  list: async (tx, query) => await tasks.listTasks(tx, { ...page(query), ...statusOf(taskStatuses, query) }),
  get: async (tx, id) => await withEvents(tx, await tasks.getTask(tx, { id })),
  async create(tx, { userId, values }) {
    const { dependencies, ...columns } = parseOrRefuse(recordCreate.tasks, values);
    const row = await tasks.insertTask(tx, { ...given(columns), user_id: userId });
    return await withEvents(tx, await putTask(tx, row, { userId, dependencies }));
  },
  async update(tx, { id, userId, changes }) {
    const { dependencies, ...columns } = parseOrRefuse(recordUpdate.tasks, changes);
    const row = await tasks.updateTask(tx, { id, changes: given(columns) });
    return await withEvents(tx, await putTask(tx, row, { userId, dependencies }));
  },
  async remove(tx, id) {
    await tasks.deleteTask(tx, { id });
  },
};

const phaseKeeper: Keeper = {
  list: async (tx, query) => await phases.listPhases(tx, page(query)),
  get: async (tx, id) => await phases.getPhase(tx, { id }),
  create: async (tx, { userId, values }) =>
    await phases.insertPhase(tx, { ...given(parseOrRefuse(recordCreate.phases, values)), user_id: userId }),
  update: async (tx, { id, changes }) =>
    await phases.updatePhase(tx, { id, changes: given(parseOrRefuse(recordUpdate.phases, changes)) }),
  remove: async (tx, id) => await phases.deletePhase(tx, { id }),
};

const noteKeeper: Keeper = {
  list: async (tx, query) => await notes.listNotes(tx, page(query)),
  get: async (tx, id) => await notes.getNote(tx, { id }),
  create: async (tx, { userId, values }) =>
    await notes.insertNote(tx, { ...given(parseOrRefuse(recordCreate.notes, values)), user_id: userId }),
  update: async (tx, { id, changes }) =>
    await notes.updateNote(tx, { id, changes: given(parseOrRefuse(recordUpdate.notes, changes)) }),
  remove: async (tx, id) => await notes.deleteNote(tx, { id }),
};

type JsonColumns = { readonly parsed_results?: unknown; readonly metaData?: unknown };

// Zod's own JSON type allows what ours does; both are plain JSON.
function jsonColumns(
  values: JsonColumns,
): Pick<InsertObject<Tables, 'brain_dumps'> & UpdateObject<Tables, 'brain_dumps'>, 'parsed_results' | 'metaData'> {
  const asJson = (value: unknown) => jsonOrNull(JSON.parse(JSON.stringify(value)) as Json);
  return {
    ...(values.parsed_results === undefined ? {} : { parsed_results: asJson(values.parsed_results) }),
    ...(values.metaData === undefined ? {} : { metaData: asJson(values.metaData) }),
  };
}

const brainDumpKeeper: Keeper = {
  list: async (tx, query) =>
    await brainDumps.listBrainDumps(tx, { ...page(query), ...statusOf(brainDumpStatuses, query) }),
  get: async (tx, id) => await brainDumps.getBrainDump(tx, { id }),
  async create(tx, { userId, values }) {
    const { parsed_results, metaData, ...columns } = parseOrRefuse(recordCreate['brain-dumps'], values);
    return await brainDumps.insertBrainDump(tx, {
      ...given(columns),
      ...jsonColumns({ parsed_results, metaData }),
      user_id: userId,
    });
  },
  async update(tx, { id, changes }) {
    const { parsed_results, metaData, ...columns } = parseOrRefuse(recordUpdate['brain-dumps'], changes);
    return await brainDumps.updateBrainDump(tx, {
      id,
      changes: { ...given(columns), ...jsonColumns({ parsed_results, metaData }) },
    });
  },
  remove: async (tx, id) => await brainDumps.deleteBrainDump(tx, { id }),
};

/** All kinds; `satisfies` makes a forgotten one a compile error. */
export const keepers = {
  projects: projectKeeper,
  tasks: taskKeeper,
  phases: phaseKeeper,
  notes: noteKeeper,
  'brain-dumps': brainDumpKeeper,
} as const satisfies Record<RecordKind, Keeper>;
