import type { Estimate } from '../../contract/estimate.ts';
import type { EventView, RunRecord, RunView } from '../../contract/views.ts';
import type { RunFilter, RunsApi, StartedRun } from '../runs-api.ts';
import { toPage } from './transport.ts';
import type { Data, DataPage, Query, Transport } from './transport.ts';

type RunPart = Omit<RunsApi, 'listRequests' | 'answerRequest' | 'decideRequest' | 'getProposal' | 'undoProposal'>;
type Started = Data<StartedRun['run']> & Omit<StartedRun, 'run'>;

/** The gateway's streams carry EventView and nothing else, but for `end` and `problem`. */
function parseEvent(data: string): EventView {
  return JSON.parse(data) as EventView;
}

function runPath(runId: string, part = ''): string {
  return `/api/runs/${encodeURIComponent(runId)}${part}`;
}

function queryOf({ status, ...filter }: RunFilter): Query {
  return { status: typeof status === 'object' ? status.join(',') : status, ...filter };
}

function asStarted({ data, started, created }: Started): StartedRun {
  return { run: data, started, created };
}

function watchCalls({ watch }: Transport): Pick<RunsApi, 'watchRun' | 'watchAll'> {
  return {
    async *watchRun({ runId, afterSeq, signal }) {
      const lastEventId = afterSeq === undefined ? undefined : String(afterSeq);
      for await (const { event, data } of watch(runPath(runId, '/events'), { query: {}, lastEventId, signal })) {
        if (event === 'end') return;
        yield parseEvent(data);
      }
    },
    async *watchAll({ after, signal }) {
      for await (const { data } of watch('/api/events', { query: {}, lastEventId: after, signal }))
        yield parseEvent(data);
    },
  };
}

function controlCalls({ send }: Transport) {
  async function post<T>(
    path: string,
    options: { readonly messageId?: string | undefined; readonly body?: object },
  ): Promise<T> {
    const { data } = await send<Data<T>>('POST', path, options);
    return data;
  }
  return {
    pauseRun: async ({ runId, messageId, ...body }) => await post(runPath(runId, '/pause'), { messageId, body }),
    resumeRun: async ({ runId, messageId }) => await post(runPath(runId, '/resume'), { messageId }),
    stopRun: async ({ runId, messageId, ...body }) => await post(runPath(runId, '/stop'), { messageId, body }),
    cancelRun: async ({ runId, messageId, ...body }) => await post(runPath(runId, '/cancel'), { messageId, body }),
    rerunFrom: async ({ runId, ...body }) => await post(runPath(runId, '/rerun'), { body }),
    addContext: async ({ runId, messageId, ...body }) => await post(runPath(runId, '/context'), { messageId, body }),
    setBudget: async ({ runId, messageId, ...body }) => await post(runPath(runId, '/budget'), { messageId, body }),
  } satisfies Partial<RunsApi>;
}

/** Workflow types, runs, their control, steps, events and artifacts. */
export function runCalls(transport: Transport): RunPart {
  const { get, send } = transport;
  async function data<T>(path: string): Promise<T> {
    const { data: found } = await get<Data<T>>(path);
    return found;
  }
  return {
    ...controlCalls(transport),
    ...watchCalls(transport),
    listWorkflowTypes: async () => await data('/api/workflow-types'),
    getWorkflowType: async ({ type }) => await data(`/api/workflow-types/${encodeURIComponent(type)}`),
    async getEstimate({ type, input }) {
      const path = `/api/workflow-types/${encodeURIComponent(type)}/estimate`;
      if (input === undefined) return await data(path);
      return (await send<Data<Estimate>>('POST', path, { body: { input } })).data;
    },
    startRun: async ({ messageId, ...body }) =>
      asStarted(await send<Started>('POST', '/api/runs', { messageId, body })),
    retryRun: async ({ runId, messageId }) =>
      asStarted(await send<Started>('POST', runPath(runId, '/retry'), { messageId })),
    listRuns: async (filter) => toPage(await get<DataPage<RunView>>('/api/runs', queryOf(filter))),
    listRunRecords: async (filter) =>
      toPage(await get<DataPage<RunRecord>>('/api/runs', { ...queryOf(filter), whole: true })),
    getRun: async ({ runId }) => await data(runPath(runId)),
    listSteps: async ({ runId, ...query }) => toPage(await get(runPath(runId, '/steps'), query)),
    listArtifacts: async ({ runId }) => await data(runPath(runId, '/artifacts')),
    readArtifact: async ({ artifactId }) => await data(`/api/artifacts/${encodeURIComponent(artifactId)}`),
    listEvents: async ({ runId, afterSeq, limit }) =>
      (await get<Data<readonly EventView[]>>(runPath(runId, '/events'), { after: afterSeq, limit })).data,
  };
}
