import { EventSourceParserStream } from 'eventsource-parser/stream';
import { StewardError } from '../../contract/errors.ts';
import { readProblem } from './problem.ts';

export type StreamMessage = { readonly id: string | undefined; readonly event: string; readonly data: string };
export type EventSourceOptions = {
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
  readonly retryMs: number;
  /** Opens the stream after an id. Throws what the server says; `connection` aborts what it opened. */
  readonly connect: (lastEventId: string | undefined, connection: AbortSignal) => Promise<Response>;
};

// The server sends a comment every 15 s: three that are missing mean that nobody is there.
const silenceMs = 45_000;
const longestPauseMs = 5_000;

/** Calls `onSilence` when nothing is heard for long. */
function watchSilence(onSilence: () => void): { heard(): void; end(): void } {
  let timer = setTimeout(onSilence, silenceMs);
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, silenceMs);
    },
    end() {
      clearTimeout(timer);
    },
  };
}

async function* readOnce(
  options: EventSourceOptions,
  lastEventId: string | undefined,
): AsyncGenerator<StreamMessage, void, undefined> {
  const connection = new AbortController();
  const leave = (): void => connection.abort();
  const silence = watchSilence(leave);
  options.signal.addEventListener('abort', leave);
  try {
    const { body } = await options.connect(lastEventId, connection.signal);
    if (body === null) return;
    const parser = new EventSourceParserStream({ onComment: () => silence.heard() });
    for await (const { id, event, data } of body.pipeThrough(new TextDecoderStream()).pipeThrough(parser)) {
      silence.heard();
      if (event === 'problem') throw readProblem(data) ?? new StewardError('internal', 'The stream broke off.');
      yield { id, event: event ?? 'message', data };
    }
  } finally {
    silence.end();
    options.signal.removeEventListener('abort', leave);
    connection.abort();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Whether connecting again may help: a server that is away comes back, one that refuses goes on refusing. */
function mayReturn(error: unknown): boolean {
  return (
    !(error instanceof StewardError) ||
    error.code === 'unavailable' ||
    error.code === 'rate_limited' ||
    error.code === 'internal'
  );
}

/**
 * Messages of an event stream until `signal` aborts. Connects again after the last id when the connection is lost, and goes
 * on trying; only the first connection's failure is thrown, and whatever the server refuses.
 */
export async function* readEvents(options: EventSourceOptions): AsyncGenerator<StreamMessage, void, undefined> {
  const { signal, retryMs } = options;
  let last = options.lastEventId;
  let failures = 0;
  let connected = false;
  while (!signal.aborted) {
    try {
      for await (const message of readOnce(options, last)) {
        connected = true;
        failures = 0;
        last = message.id ?? last;
        yield message;
      }
      connected = true;
    } catch (error) {
      if (signal.aborted) return;
      if (!mayReturn(error) || (!connected && failures === 0 && error instanceof StewardError)) throw error;
    }
    failures += 1;
    await pause(Math.min(longestPauseMs, retryMs * 2 ** Math.min(failures, 8)), signal);
  }
}
