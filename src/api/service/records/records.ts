import type { Json, JsonObject } from '../../../contract/json.ts';
import type { DependencyView, RecordFilter, RecordKind, RecordRow } from '../../records-api.ts';
import { recordFilters, recordKinds } from '../../records-api.ts';
import type { Page } from '../../runs-api.ts';
import { StewardError, invalidInput } from '../../../contract/errors.ts';
import { listDependencies as readDependencies } from '../../../db/records/dependencies.ts';
import type { CallContext } from '../context.ts';
import { requireId } from '../ids.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { requireScope } from '../scopes.ts';
import type { Tx } from '../runs/find.ts';
import { withField } from './fields.ts';
import { keepers } from './keepers.ts';
import type { Keeper } from './keepers.ts';

const singular: Readonly<Record<RecordKind, string>> = {
  projects: 'project',
  tasks: 'task',
  phases: 'phase',
  notes: 'note',
  'brain-dumps': 'brain dump',
};

function keeperOf(kind: RecordKind): Keeper {
  if (recordKinds.includes(kind)) return keepers[kind];
  throw new StewardError('not_found', `There are no records of the kind "${kind}". Known: ${recordKinds.join(', ')}.`);
}

// Rows are JSON-safe as the database port reads them; whose they are is nobody's news.
function recordRow(row: { readonly id: string }): RecordRow {
  const { user_id: _owner, deleted_at: _deleted, ...shown } = JSON.parse(JSON.stringify(row)) as Record<string, Json>;
  return { ...shown, id: row.id };
}

async function inRecords<T>(context: CallContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  requireScope(context.caller, 'records');
  try {
    return await context.database.asUser(context.caller.userId, work);
  } catch (error) {
    throw withField(error);
  }
}

// A filter that is passed by shows more than was asked for.
function requireFilters(
  kind: RecordKind,
  given: { readonly [Name in 'projectId' | 'status']: string | undefined },
): void {
  const unknown = (['projectId', 'status'] as const).filter(
    (name) => given[name] !== undefined && !recordFilters[kind].includes(name),
  );
  if (unknown.length > 0)
    throw invalidInput(unknown.map((path) => ({ path, message: `${kind} can't be listed by it` })));
}

/** Records of a kind, newest first. */
export async function listRecords(
  context: CallContext,
  params: { readonly kind: RecordKind } & RecordFilter,
): Promise<Page<RecordRow>> {
  const { kind, projectId, status, cursor } = params;
  const keeper = keeperOf(kind);
  requireFilters(kind, { projectId, status });
  if (projectId !== undefined) requireId('project', projectId);
  const size = pageSize(params.limit);
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await inRecords(
    context,
    async (tx) => await keeper.list(tx, { projectId, status, after, limit: size + 1 }),
  );
  return toPage(rows, size, { view: recordRow, place: (row) => ({ at: row.created_at, id: row.id }) });
}

/** Throws `not_found`. */
export async function getRecord(
  context: CallContext,
  params: { readonly kind: RecordKind; readonly id: string },
): Promise<RecordRow> {
  const keeper = keeperOf(params.kind);
  requireId(singular[params.kind], params.id);
  return recordRow(await inRecords(context, async (tx) => await keeper.get(tx, params.id)));
}

/** Throws `invalid_input` that names each wrong column. */
export async function createRecord(
  context: CallContext,
  params: { readonly kind: RecordKind; readonly values: JsonObject },
): Promise<RecordRow> {
  const keeper = keeperOf(params.kind);
  const { userId } = context.caller;
  return recordRow(await inRecords(context, async (tx) => await keeper.create(tx, { userId, values: params.values })));
}

/** Throws `not_found`, `invalid_input`, and `conflict` for a status that does not follow. */
export async function updateRecord(
  context: CallContext,
  params: { readonly kind: RecordKind; readonly id: string; readonly changes: JsonObject },
): Promise<RecordRow> {
  const { kind, id, changes } = params;
  const keeper = keeperOf(kind);
  requireId(singular[kind], id);
  const { userId } = context.caller;
  return recordRow(await inRecords(context, async (tx) => await keeper.update(tx, { id, userId, changes })));
}

/** Throws `not_found`. */
export async function deleteRecord(
  context: CallContext,
  params: { readonly kind: RecordKind; readonly id: string },
): Promise<void> {
  const keeper = keeperOf(params.kind);
  requireId(singular[params.kind], params.id);
  await inRecords(context, async (tx) => await keeper.remove(tx, params.id));
}

/** Which task waits for which: of a project, of one task in both directions, or all. */
export async function listDependencies(
  context: CallContext,
  params: { readonly projectId?: string; readonly taskId?: string },
): Promise<readonly DependencyView[]> {
  if (params.projectId !== undefined) requireId('project', params.projectId);
  if (params.taskId !== undefined) requireId('task', params.taskId);
  return await inRecords(context, async (tx) => await readDependencies(tx, params));
}
