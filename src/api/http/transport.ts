import { StewardError } from '../../contract/errors.ts';
import type { Page } from '../runs-api.ts';
import { exchange, unreachable } from './exchange.ts';
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
  readonly query?: Query;
};
export type WatchOptions = {
  readonly query: Query;
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
};

export interface Transport {
  /** The bytes of a GET. */
  readonly download: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
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

function addressOf(baseUrl: string, path: string, query: Query = {}): string {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

/**
 * The body as the type that the caller expects: the gateway's tests check its answers against the schemas of those types,
 * so they are not checked again here (a newer server may say more than this client knows).
 */
async function readBody<T>(response: Response): Promise<T> {
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(response.url, error);
  });
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (error) {
    throw new StewardError('internal', 'The answer is not one of Steward: is this its address?', { cause: error });
  }
}

// `Uint8Array<ArrayBuffer>`: what fetch takes; nothing here makes another.
function toBody(body: unknown): string | Uint8Array<ArrayBuffer> | FormData {
  if (typeof body === 'string' || body instanceof FormData) return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

export function createTransport(options: HttpClientOptions): Transport {
  const { baseUrl, token, retryMs = 200 } = options;
  // Called as a function of the global object: browsers refuse it otherwise.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const authorization = { Authorization: `Bearer ${token}` };

  const tools = { fetch, retryMs };

  return {
    async get(path, query) {
      const headers = { ...authorization, Accept: 'application/json' };
      const url = addressOf(baseUrl, path, query);
      return await readBody(await exchange({ url, init: { headers }, readOnly: true }, tools));
    },
    async download(path) {
      const url = addressOf(baseUrl, path);
      const response = await exchange({ url, init: { headers: authorization }, readOnly: true }, tools);
      return new Uint8Array(
        await response.arrayBuffer().catch((error: unknown) => {
          throw unreachable(url, error);
        }),
      );
    },
    async send(method, path, { body, messageId, mediaType = 'application/json', query } = {}) {
      const key = method === 'POST' ? { 'Idempotency-Key': messageId ?? crypto.randomUUID() } : {};
      // A form's own type names its boundary, which only fetch knows.
      const content = body === undefined || body instanceof FormData ? {} : { 'Content-Type': mediaType };
      const init = {
        method,
        headers: { ...authorization, Accept: 'application/json', ...key, ...content },
        ...(body === undefined ? {} : { body: toBody(body) }),
      };
      return await readBody(await exchange({ url: addressOf(baseUrl, path, query), init, readOnly: false }, tools));
    },
    watch(path, { query, lastEventId, signal }) {
      const url = addressOf(baseUrl, path, query);
      return readEvents({
        lastEventId,
        signal,
        retryMs,
        connect: async (id, connection) => {
          const headers = {
            ...authorization,
            Accept: 'text/event-stream',
            ...(id === undefined ? {} : { 'Last-Event-ID': id }),
          };
          const response = await fetch(url, { headers, signal: connection }).catch((error: unknown) => {
            throw unreachable(url, error);
          });
          if (!response.ok) throw await toError(response);
          return response;
        },
      });
    },
  };
}
