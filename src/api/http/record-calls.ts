import type { RecordKind, RecordsApi } from '../records-api.ts';
import { toPage } from './transport.ts';
import type { Data, Query, Transport } from './transport.ts';

function rowPath(kind: RecordKind, id: string): string {
  return `/api/${kind}/${encodeURIComponent(id)}`;
}

/** A person's records. */
export function recordCalls({ get, send }: Transport): RecordsApi {
  async function read<T>(path: string, query?: Query): Promise<T> {
    const { data } = await get<Data<T>>(path, query);
    return data;
  }
  async function write<T>(method: 'POST' | 'PATCH', path: string, body: object): Promise<T> {
    const { data } = await send<Data<T>>(method, path, { body });
    return data;
  }
  return {
    listRecords: async ({ kind, ...filter }) => toPage(await get(`/api/${kind}`, filter)),
    getRecord: async ({ kind, id }) => await read(rowPath(kind, id)),
    createRecord: async ({ kind, values }) => await write('POST', `/api/${kind}`, values),
    updateRecord: async ({ kind, id, changes }) => await write('PATCH', rowPath(kind, id), changes),
    deleteRecord: async ({ kind, id }) => await send('DELETE', rowPath(kind, id)),
    listDependencies: async (filter) => await read('/api/tasks/dependencies', filter),
    getUserContext: async () => await read('/api/user-context'),
    setUserContext: async ({ changes }) => await write('PATCH', '/api/user-context', changes),
    exportAll: async () => await read('/api/export'),
    importAll: async ({ document }) => await write('POST', '/api/import', document),
  };
}
