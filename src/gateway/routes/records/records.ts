import { z } from 'zod';
import { recordFilters, recordKinds } from '../../../api/records-api.ts';
import type { RecordFilter, RecordKind, RecordRow } from '../../../api/records-api.ts';
import { recordCreate, recordUpdate } from '../../../schemas/records.ts';
import { dataOf, json, pageOf } from '../../../schemas/views/common.ts';
import { id, paging, toJsonObject } from '../../http/inputs.ts';
import { noContent, ok, page } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';

const words: Readonly<Record<RecordKind, { readonly one: string; readonly name: string; readonly plural: string }>> = {
  projects: { one: 'a project', name: 'Project', plural: 'Projects' },
  tasks: { one: 'a task', name: 'Task', plural: 'Tasks' },
  phases: { one: 'a phase', name: 'Phase', plural: 'Phases' },
  notes: { one: 'a note', name: 'Note', plural: 'Notes' },
  'brain-dumps': { one: 'a brain dump', name: 'BrainDump', plural: 'BrainDumps' },
};

const row = z
  .object({ id: z.string() })
  .catchall(json)
  .meta({ id: 'Record', description: "A row, by its columns' own names." }) satisfies z.ZodType<RecordRow>;
// The kinds' own types differ; here they are all columns and values.
const createBody: Readonly<Record<RecordKind, z.ZodType<object>>> = recordCreate;
const updateBody: Readonly<Record<RecordKind, z.ZodType<object>>> = recordUpdate;
const params = z.object({ id });
const query = z.strictObject({
  projectId: id.exactOptional(),
  status: z.string().min(1).max(100).exactOptional(),
  ...paging,
});

/** A list's query without the filters that its kind does not have. */
function queryOf(kind: RecordKind): z.ZodType<RecordFilter> {
  const has = (name: 'projectId' | 'status'): boolean => recordFilters[kind].includes(name);
  if (has('projectId') && has('status')) return query;
  return has('status') ? query.omit({ projectId: true }) : query.omit({ status: true });
}

const found = { 200: { description: 'The row.', schema: dataOf(row) } };

function listOf(kind: RecordKind): Route {
  const { plural } = words[kind];
  return defineRoute({
    method: 'get',
    path: `/api/${kind}`,
    tag: 'Records',
    operation: `list${plural}`,
    summary: `Your ${kind.replace('-', ' ')}, newest first`,
    access: ['records'],
    query: queryOf(kind),
    answers: { 200: { description: 'A page of rows.', schema: pageOf(row) } },
    handle: async ({ api, query: filter }) => page(await api.listRecords({ kind, ...filter })),
  });
}

function createOf(kind: RecordKind): Route {
  const { one, name } = words[kind];
  return defineRoute({
    method: 'post',
    path: `/api/${kind}`,
    tag: 'Records',
    operation: `create${name}`,
    summary: `Make ${one}`,
    access: ['records'],
    body: createBody[kind],
    answers: { 201: { description: 'The new row.', schema: dataOf(row) } },
    handle: async ({ api, body }) => {
      const made = await api.createRecord({ kind, values: toJsonObject(body) });
      return ok(made, { status: 201, headers: { Location: `/api/${kind}/${made.id}` } });
    },
  });
}

function oneOf(kind: RecordKind): readonly Route[] {
  const { one, name } = words[kind];
  const shared = { path: `/api/${kind}/:id`, tag: 'Records', access: ['records'], params } as const;
  return [
    defineRoute({
      ...shared,
      method: 'get',
      operation: `get${name}`,
      summary: `Read ${one}`,
      answers: found,
      handle: async ({ api, params: named }) => ok(await api.getRecord({ kind, ...named })),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      operation: `update${name}`,
      summary: `Change ${one}`,
      body: updateBody[kind],
      answers: found,
      handle: async ({ api, params: named, body }) =>
        ok(await api.updateRecord({ kind, ...named, changes: toJsonObject(body) })),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      operation: `delete${name}`,
      summary: `Delete ${one}`,
      answers: { 204: { description: 'It is gone.' } },
      handle: async ({ api, params: named }) => {
        await api.deleteRecord({ kind, ...named });
        return noContent;
      },
    }),
  ];
}

export const recordRoutes: readonly Route[] = recordKinds.flatMap((kind) => [
  listOf(kind),
  createOf(kind),
  ...oneOf(kind),
]);
