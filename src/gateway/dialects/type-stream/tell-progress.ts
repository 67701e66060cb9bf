import type { StewardApi } from '../../../api/steward-api.ts';
import { readErrorCode, StewardError } from '../../../contract/errors.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import type { StreamProgress } from '../../../contract/type-stream.ts';
import type { EventView, OperationView } from '../../../contract/views.ts';
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
  const {
    id: proposalId,
    digest,
    title,
    summary,
    operations,
  } = await api.getProposal({ proposalId: found.proposalId });
  return { phase: 'review', requestId, proposalId, digest, title, summary, operations: operations.map(outline) };
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
  const proposals = await Promise.all(run.proposals.map(async ({ id }) => await api.getProposal({ proposalId: id })));
  const applied = proposals.flatMap(({ operations }) => operations).filter(({ status }) => status === 'applied');
  return {
    event: unnamed,
    data: {
      phase: 'complete',
      progress: 100,
      runId,
      outcome: run.outcome,
      result: applied.map(outline),
      summary: run.result,
    },
  };
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
