import type { StewardApi } from '../steward-api.ts';
import { calendarOf } from './calendar.ts';
import type { CallContext, ServiceDeps } from './context.ts';
import { createEventHub } from './events/hub.ts';
import { listEvents, watchAll, watchRun } from './events/watch.ts';
import { filesOf } from './files/files-of.ts';
import { getProposal } from './proposals.ts';
import { briefsOf } from './records/briefs.ts';
import { recordsOf } from './records/records-of.ts';
import { answerRequest, decideRequest, listRequests } from './requests.ts';
import { cancelRun } from './runs/cancel.ts';
import { addContext, pauseRun, resumeRun, setBudget, stopRun } from './runs/control.ts';
import { getRun, listArtifacts, readArtifact } from './runs/detail.ts';
import { listRunRecords, listRuns, listSteps } from './runs/list.ts';
import { rerunFrom } from './runs/rerun.ts';
import { retryRun, startRun } from './runs/start.ts';
import { undoProposal } from './runs/undo.ts';
import { schedulesOf } from './schedules/schedules-of.ts';
import type { Caller } from './scopes.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';
import { getUsage } from './usage.ts';
import { getEstimate, getWorkflowType, listWorkflowTypes } from './workflow-types.ts';

export type StewardService = {
  /** The API as this caller may use it: it sees the caller's rows alone. */
  forCaller(caller: Caller): StewardApi;
  /** Ends the process's listener; those who watch go on by their own poll until their signal aborts. */
  close(): Promise<void>;
};

function runsOf(context: CallContext) {
  return {
    listWorkflowTypes: async () => await listWorkflowTypes(context),
    getWorkflowType: async (params) => await getWorkflowType(context, params),
    getEstimate: async (params) => await getEstimate(context, params),
    startRun: async (params) => await startRun(context, params),
    listRuns: async (filter) => await listRuns(context, filter),
    listRunRecords: async (filter) => await listRunRecords(context, filter),
    getRun: async (params) => await getRun(context, params),
    listSteps: async (params) => await listSteps(context, params),
    pauseRun: async (params) => await pauseRun(context, params),
    resumeRun: async (params) => await resumeRun(context, params),
    stopRun: async (params) => await stopRun(context, params),
    cancelRun: async (params) => await cancelRun(context, params),
    retryRun: async (params) => await retryRun(context, params),
    rerunFrom: async (params) => await rerunFrom(context, params),
    addContext: async (params) => await addContext(context, params),
    setBudget: async (params) => await setBudget(context, params),
    listRequests: async (filter) => await listRequests(context, filter),
    answerRequest: async (params) => await answerRequest(context, params),
    decideRequest: async (params) => await decideRequest(context, params),
    getProposal: async (params) => await getProposal(context, params),
    undoProposal: async (params) => await undoProposal(context, params),
    listArtifacts: async (params) => await listArtifacts(context, params),
    readArtifact: async (params) => await readArtifact(context, params),
    listEvents: async (params) => await listEvents(context, params),
    watchRun: (params) => watchRun(context, params),
    watchAll: (params) => watchAll(context, params),
  } satisfies Partial<StewardApi>;
}

function accountOf(context: CallContext) {
  return {
    getUsage: async (params) => await getUsage(context, params),
    getAccess: async () => await Promise.resolve({ ...context.caller }),
    listTokens: async () => await listTokens(context),
    createToken: async (params) => await createToken(context, params),
    revokeToken: async (params) => await revokeToken(context, params),
  } satisfies Partial<StewardApi>;
}

/** The API over Temporal and the database: what the gateway serves. */
export function createStewardService(deps: ServiceDeps): StewardService {
  const hub = createEventHub(deps.database, (error) =>
    deps.log.warn({ err: error }, 'No notifications of events; watching by poll only'),
  );
  return {
    forCaller(caller) {
      const context: CallContext = { ...deps, caller, hub };
      return {
        ...runsOf(context),
        ...recordsOf(context),
        ...accountOf(context),
        ...calendarOf(context),
        ...filesOf(context),
        ...schedulesOf(context),
        ...briefsOf(context),
      };
    },
    close: async () => await hub.close(),
  };
}
