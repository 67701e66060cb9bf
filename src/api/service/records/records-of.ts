import type { RecordsApi } from '../../records-api.ts';
import type { CallContext } from '../context.ts';
import { exportAll } from './export.ts';
import { importAll } from './import.ts';
import { createRecord, deleteRecord, getRecord, listDependencies, listRecords, updateRecord } from './records.ts';
import { getUserContext, setUserContext } from './user-context.ts';

/** The caller's records. */
export function recordsOf(context: CallContext): RecordsApi {
  return {
    listRecords: async (params) => await listRecords(context, params),
    getRecord: async (params) => await getRecord(context, params),
    createRecord: async (params) => await createRecord(context, params),
    updateRecord: async (params) => await updateRecord(context, params),
    deleteRecord: async (params) => await deleteRecord(context, params),
    listDependencies: async (params) => await listDependencies(context, params),
    getUserContext: async () => await getUserContext(context),
    setUserContext: async (params) => await setUserContext(context, params),
    exportAll: async () => await exportAll(context),
    importAll: async (params) => await importAll(context, params),
  };
}
