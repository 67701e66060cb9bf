import { isFinished } from '../../contract/run.ts';
import type { EventView } from '../../contract/views.ts';
import type { StewardApi } from '../../api/steward-api.ts';
import type { StreamEvent } from '../http/reply.ts';

type EventReader = Pick<StewardApi, 'getRun' | 'listEvents' | 'watchRun' | 'watchAll'>;

const batch = 200;

function ofRun(event: EventView): StreamEvent {
  return { id: String(event.seq), event: event.type, data: event };
}

async function* readRest(
  api: EventReader,
  runId: string,
  afterSeq: number,
): AsyncGenerator<EventView, void, undefined> {
  let after = afterSeq;
  for (;;) {
    const events = await api.listEvents({ runId, afterSeq: after, limit: batch });
    yield* events;
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function runIsOver(api: EventReader, runId: string): Promise<boolean> {
  const { status } = await api.getRun({ runId });
  return isFinished(status);
}

/** Events up to the run's end, each once. A run that was rerun goes on after a `run.finished`, so the run itself is asked. */
export async function* untilOver(
  api: EventReader,
  watched: { readonly runId: string; readonly afterSeq: number; readonly signal: AbortSignal },
): AsyncGenerator<EventView, void, undefined> {
  const { runId, afterSeq, signal } = watched;
  let last = afterSeq;
  let over = await runIsOver(api, runId);
  if (!over) {
    for await (const event of api.watchRun({ runId, afterSeq, signal })) {
      last = event.seq;
      yield event;
      over = event.type === 'run.finished' && (await runIsOver(api, runId));
      if (over) break;
    }
  }
  if (over) yield* readRest(api, runId, last);
}

/** Events of a run from a position on; a last one named `end` says that there will be no more. */
export async function* streamRun(
  api: EventReader,
  watched: { readonly runId: string; readonly afterSeq: number; readonly signal: AbortSignal },
): AsyncGenerator<StreamEvent, void, undefined> {
  let last = watched.afterSeq;
  for await (const event of untilOver(api, watched)) {
    last = event.seq;
    yield ofRun(event);
  }
  // A reader that connects again after the end is told of it again, without the events.
  if (!watched.signal.aborted) yield { id: String(last), event: 'end', data: { reason: 'The run has finished.' } };
}

/** Events of all of the caller's runs from a cursor on, or from now on. */
export async function* streamAll(
  api: EventReader,
  watched: { readonly after: string | undefined; readonly signal: AbortSignal },
): AsyncGenerator<StreamEvent, void, undefined> {
  const { after, signal } = watched;
  for await (const event of api.watchAll({ signal, ...(after === undefined ? {} : { after }) })) {
    yield { id: event.cursor, event: event.type, data: event };
  }
}
