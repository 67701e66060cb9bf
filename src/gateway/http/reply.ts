import type { JsonObject } from '../../contract/json.ts';
import type { EventView } from '../../contract/views.ts';
import type { Page } from '../../api/runs-api.ts';

export type Headers = Readonly<Record<string, string>>;

/** What a handler answers. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown; readonly headers?: Headers }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly mediaType: string;
      readonly text: string;
      readonly headers?: Headers;
      readonly filename?: string;
    }
  | {
      readonly kind: 'bytes';
      readonly status: number;
      readonly mediaType: string;
      readonly bytes: Uint8Array;
      readonly headers?: Headers;
      readonly filename: string;
    }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'events'; readonly open: (signal: AbortSignal) => AsyncIterable<StreamEvent> };

/** One entry of an event stream; `id` is where a reader that lost its connection goes on. */
export type StreamEvent = {
  readonly id: string;
  readonly event: string;
  readonly data: EventView | JsonObject;
};

/** `{data}` with 200, or another status. */
export function ok(data: unknown, options: { readonly status?: number; readonly headers?: Headers } = {}): Reply {
  const { status = 200, headers = {} } = options;
  return { kind: 'json', status, body: { data }, headers };
}

/** `{data, nextCursor}`. */
export function page(found: Page<unknown>): Reply {
  return { kind: 'json', status: 200, body: { data: found.items, nextCursor: found.nextCursor } };
}

/** A body that is not wrapped in `{data}`, as other systems' dialects have it. */
export function bare(status: number, body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status, body, headers };
}

/** Text of some media type; with a file name it is a download. */
export function text(
  mediaType: string,
  content: string,
  options: { readonly headers?: Headers; readonly filename?: string } = {},
): Reply {
  return { kind: 'text', status: 200, mediaType, text: content, ...options };
}

export const noContent: Reply = { kind: 'empty', status: 204 };
