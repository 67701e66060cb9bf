import type { Json, JsonObject } from '../../../src/contract/json.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: JsonObject;
};
export type CallOptions = {
  readonly token?: string;
  readonly body?: Json;
  /** A body as it is, instead of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};

function parse(text: string): JsonObject {
  try {
    const value: JsonObject = JSON.parse(text);
    return value;
  } catch {
    return {};
  }
}

/** One HTTP exchange: `call(url + '/api/runs', 'POST', {token, body})`. */
export async function call(url: string, method = 'GET', options: CallOptions = {}): Promise<Answer> {
  const { token, body, raw, headers } = options;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Paths of the fields that a problem document names, sorted. */
export function named({ body }: Answer): readonly string[] {
  const { problems } = body;
  if (!Array.isArray(problems)) return [];
  return problems.map((problem: { readonly path: string }) => problem.path).toSorted();
}
