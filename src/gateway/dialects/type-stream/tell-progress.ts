import type { StewardApi } from '../../../api/steward-api.ts';
import { readErrorCode, StewardError } from '../../../contract/errors.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import type { StreamProgress } from '../../../contract/types/stream.ts';
import type { EventView, OperationView, RunDetail } from '../../../contract/views.ts';
import { toProblem } from '../../errors/problem.ts';
import { toJsonObject } from '../../http/inputs.ts';
import type { StreamEvent } from '../../http/reply.ts';
import { untilOver } from '../../streams/run-stream.ts';

type Api = Pick<StewardApi, 'getRun' | 'getProposal' | 'listEvents' | 'watchRun' | 'watchAll'>;
export type Telling = {
  readonly runId: string;
  readonly progress: readonly StreamProgress[];
  readonly signal: AbortSignal;
};

// Events without a name of their own: what `onmessage` of a browser's EventSource is given.
const unnamed = 'message';

function outline({ id, kind, title, reason, status, payload, error }: OperationView): JsonObject {
  return { id, kind, title, reason, status, payload, ...(error === null ? {} : { error }) };
}

// An event stays one that a reader takes at once; the proposal has the rest.
const mostOperations = 100;

function textAt(value: Json | undefined, key: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : null;
}

/** What a run waits for from a person: the questions, or the proposal with what it would do. */
async function asked(api: Api, { runId, data }: EventView): Promise<JsonObject | null> {
  const request = data['request'];
  const requestId = textAt(request, 'requestId') ?? textAt(data, 'requestId');
  const kind = textAt(request, 'kind') ?? textAt(data, 'kind');
  if (requestId === null || kind === null) return null;
  const { requests } = await api.getRun({ runId });
  const found = requests.find(({ id }) => id === requestId);
  if (found === undefined || kind !== 'approval')
    return { phase: 'question', requestId, questions: toJsonObject({ list: found?.questions ?? [] })['list'] ?? [] };
  if (found.proposalId === null) return null;
  const proposal = await api.getProposal({ proposalId: found.proposalId, limit: mostOperations });
  const { id: proposalId, digest, title, summary, operations, operationCount } = proposal;
  const asks = { phase: 'review', requestId, proposalId, digest, title, summary };
  return { ...asks, operations: operations.map(outline), operationCount };
}

/** The first operations that a run applied, and how many there are. */
async function appliedBy(api: Api, run: RunDetail): Promise<JsonObject> {
  const limit = mostOperations;
  const proposals = await Promise.all(
    run.proposals.map(async ({ id: proposalId }) => await api.getProposal({ proposalId, limit })),
  );
  // All that is applied of a proposal but what a person left out: the first page holds enough of it.
  const first = proposals.flatMap(({ operations }) => operations).filter(({ status }) => status === 'applied');
  const operationCount = proposals.reduce((sum, { statuses }) => sum + (statuses.applied ?? 0), 0);
  return { result: first.slice(0, mostOperations).map(outline), operationCount };
}

/** A problem document; its instance is the run, since the request's own answer is long under way. */
function problemOf(error: unknown, runId: string): JsonObject {
  return toJsonObject(toProblem(error, runId).body);
}

/** How the run ended: with what was applied, or with a problem document. */
async function ending(api: Api, runId: string): Promise<Omit<StreamEvent, 'id'>> {
  const run = await api.getRun({ runId });
  if (run.status === 'failed' && run.error !== null) {
    const { code, message, details } = run.error;
    const told =
      typeof details === 'object' && details !== null && !Array.isArray(details) ? toJsonObject(details) : {};
    return {
      event: 'error',
      data: problemOf(new StewardError(readErrorCode(code), message, { details: told }), runId),
    };
  }
  const applied = await appliedBy(api, run);
  const end = { phase: 'complete', progress: 100, runId, outcome: run.outcome };
  return { event: unnamed, data: { ...end, ...applied, summary: run.result } };
}

/** What an event says of the progress, or null. */
async function told(api: Api, event: EventView, { progress }: Telling): Promise<JsonObject | null> {
  const { runId, type, data } = event;
  if (type === 'request.opened') return await asked(api, event);
  const step = type === 'run.phase' ? progress.find(({ phase }) => phase === data['phase']) : undefined;
  return step === undefined ? null : { phase: step.name, progress: step.percent, runId };
}

/** The run's events as progress: the first at once, one a phase, one when a person is asked, and the end. */
export async function* tellProgress(api: Api, telling: Telling): AsyncGenerator<StreamEvent, void, undefined> {
  const { runId, signal } = telling;
  let percent = 0;
  let last = '0';
  yield { id: last, event: unnamed, data: { phase: 'started', progress: percent, runId } };
  try {
    for await (const event of untilOver(api, { runId, afterSeq: 0, signal })) {
      last = String(event.seq);
      const data = await told(api, event, telling);
      if (data === null) continue;
      percent = Math.max(percent, typeof data['progress'] === 'number' ? data['progress'] : 0);
      yield { id: last, event: unnamed, data: { ...data, progress: percent, runId } };
    }
    if (!signal.aborted) yield { id: last, ...(await ending(api, runId)) };
  } catch (error) {
    if (signal.aborted) return;
    yield { id: last, event: 'error', data: problemOf(error, runId) };
  }
}
