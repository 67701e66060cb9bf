import { StewardError } from '../../contract/errors.ts';
import type { Page } from '../runs-api.ts';
import { toError } from './problem.ts';
import { readEvents } from './read-events.ts';
import type { StreamMessage } from './read-events.ts';

export type HttpClientOptions = {
  /** `http://127.0.0.1:8080`, with or without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof globalThis.fetch;
  /** First pause before a call is tried again, in ms; it doubles. 200 when left out. */
  readonly retryMs?: number;
};

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
export type SendOptions = {
  readonly body?: unknown;
  readonly messageId?: string | undefined;
  /** Of a body that is sent as it is; JSON when left out. */
  readonly mediaType?: string;
};
export type WatchOptions = { readonly query: Query; readonly lastEventId: string | undefined; readonly signal: AbortSignal };

export interface Transport {
  /** The whole body of a GET. */
  readonly get: <T>(path: string, query?: Query) => Promise<T>;
  readonly send: <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, options?: SendOptions) => Promise<T>;
  readonly watch: (path: string, options: WatchOptions) => AsyncGenerator<StreamMessage, void, undefined>;
}

export type Data<T> = { readonly data: T };
export type DataPage<T> = { readonly data: readonly T[]; readonly nextCursor: string | null };

export function toPage<T>({ data, nextCursor }: DataPage<T>): Page<T> {
  return { items: data, nextCursor };
}

const mostTries = 4;
// A server that asks for more patience than this is told to the caller instead.
const longestWaitMs = 10_000;

/** What of one exchange decides whether it is tried again. */
type Attempt = { readonly url: string; readonly init: RequestInit; readonly readOnly: boolean };

function addressOf(baseUrl: string, path: string, query: Query = {}): string {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** How long to wait before trying again, or null when it would not help. */
function patience(response: Response, { readOnly }: Attempt, backoffMs: number): number | null {
  const asked = retryAfterMs(response);
  if (response.status === 503 && asked !== null) return asked <= longestWaitMs ? asked : null;
  return readOnly && (response.status === 502 || response.status === 504) ? backoffMs : null;
}

/**
 * The body as the type that the caller expects: the gateway's tests check its answers against the schemas of those types,
 * so they are not checked again here (a newer server may say more than this client knows).
 */
async function readBody<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function unreachable(baseUrl: string, cause: unknown): StewardError {
  return new StewardError('unavailable', `Steward can't be reached at ${baseUrl}. Is it running?`, { cause });
}

export function createTransport(options: HttpClientOptions): Transport {
  const { baseUrl, token, retryMs = 200 } = options;
  // Called as a function of the global object: browsers refuse it otherwise.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const authorization = { Authorization: `Bearer ${token}` };

  async function exchange(attempt: Attempt): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const backoffMs = retryMs * 2 ** (tries - 1);
      const response = await fetch(attempt.url, attempt.init).catch((error: unknown) => unreachable(baseUrl, error));
      const failed = response instanceof StewardError;
      const wait = failed ? (attempt.readOnly ? backoffMs : null) : patience(response, attempt, backoffMs);
      if (wait === null || tries >= mostTries) {
        if (failed) throw response;
        if (!response.ok) throw await toError(response);
        return response;
      }
      if (!failed) await response.body?.cancel();
      await pause(wait);
    }
  }

  return {
    async get(path, query) {
      const headers = { ...authorization, Accept: 'application/json' };
      return await readBody(await exchange({ url: addressOf(baseUrl, path, query), init: { headers }, readOnly: true }));
    },
    async send(method, path, { body, messageId, mediaType = 'application/json' } = {}) {
      const key = method === 'POST' ? { 'Idempotency-Key': messageId ?? crypto.randomUUID() } : {};
      const content = body === undefined ? {} : { 'Content-Type': mediaType };
      const init = { method, headers: { ...authorization, Accept: 'application/json', ...key, ...content }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) };
      return await readBody(await exchange({ url: addressOf(baseUrl, path), init, readOnly: false }));
    },
    watch(path, { query, lastEventId, signal }) {
      const url = addressOf(baseUrl, path, query);
      return readEvents({
        lastEventId,
        signal,
        retryMs,
        connect: async (id, connection) => {
          const headers = { ...authorization, Accept: 'text/event-stream', ...(id === undefined ? {} : { 'Last-Event-ID': id }) };
          const response = await fetch(url, { headers, signal: connection }).catch((error: unknown) => {
            throw unreachable(baseUrl, error);
          });
          if (!response.ok) throw await toError(response);
          return response;
        },
      });
    },
  };
}
