import type { Logger } from 'pino';
import type { Json } from '../contract/json.ts';
import type { TypeStream } from '../contract/types/stream.ts';
import type { WorkflowTypeView } from '../contract/views.ts';
import { largestFileBytes } from '../api/files-api.ts';
import type { StewardApi } from '../api/steward-api.ts';
import type { Scope } from '../api/tokens-api.ts';

/** Who calls: a person, or a program with one of the person's tokens. */
export type Caller = { readonly userId: string; readonly scopes: readonly Scope[]; readonly tokenId: string | null };

/** A POST as its `Idempotency-Key` remembers it; `requestHash` is the SHA-256 of its canonical body. */
export type IdempotentRequest = {
  readonly userId: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly requestHash: string;
};
export type IdempotentStart =
  { readonly kind: 'new' } | { readonly kind: 'done'; readonly status: number; readonly response: Json };

/** Remembers answers by key, in the database, so that a replay survives restarts. */
export interface IdempotencyStore {
  /**
   * Claims the key, or returns what was answered before. Throws `idempotency_conflict` when it was used for another
   * request, `conflict` while the first one is still being worked on.
   */
  begin(request: IdempotentRequest): Promise<IdempotentStart>;
  finish(answer: {
    readonly userId: string;
    readonly key: string;
    readonly status: number;
    readonly response: Json;
  }): Promise<void>;
  /** Frees the key of a request that failed, so that it may be sent again. */
  abandon(claim: { readonly userId: string; readonly key: string }): Promise<void>;
}

/** State of one thing the gateway needs (`database`, `temporal`, `workers`). `detail` is short and names no secret. */
export type DependencyState = { readonly name: string; readonly ready: boolean; readonly detail: string | null };

/** Gauges that only the database knows. */
export interface MetricsSource {
  /** Number of runs by status, all users together. */
  countRuns(): Promise<Readonly<Record<string, number>>>;
}

export type GatewayConfig = {
  readonly version: string;
  /** Host names that requests may name (DNS rebinding); null lets every name through. See `loopbackNames`. */
  readonly allowedHosts: readonly string[] | null;
  /** Most requests of one token within a minute. */
  readonly requestsPerMinute: number;
  /** After this long a request is answered 503; streams are not bounded. */
  readonly requestTimeoutMs: number;
  /** A comment is sent on an idle stream this often, so that proxies and clients know it is alive. */
  readonly heartbeatMs: number;
  /** A stream whose reader takes nothing for this long is closed. */
  readonly stalledStreamMs: number;
  /** How long a second request with the same Idempotency-Key waits for the first one. */
  readonly idempotencyWaitMs: number;
  readonly bodyLimits: BodyLimits;
  /** Address of Temporal's Web UI, shown at `/`; null when there is none. */
  readonly temporalUiUrl: string | null;
  /** CPU, memory and event-loop figures of the process in `/metrics`. */
  readonly processMetrics: boolean;
  /** Checks every answer against its declared schema: for tests, where a wrong answer should fail. */
  readonly checkAnswers: boolean;
};

/** Sizes in bytes: of JSON bodies, calendar files, documents of `POST /api/import`, attached files, and forms of several. */
export type BodyLimits = {
  readonly json: number;
  readonly calendar: number;
  readonly import: number;
  readonly file: number;
  readonly form: number;
};

/** Names under which a gateway bound to loopback is reached. */
export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

export const defaultGatewayConfig: Omit<GatewayConfig, 'version'> = {
  allowedHosts: loopbackNames,
  requestsPerMinute: 6_000,
  requestTimeoutMs: 30_000,
  heartbeatMs: 15_000,
  stalledStreamMs: 60_000,
  idempotencyWaitMs: 10_000,
  bodyLimits: {
    json: 1_048_576,
    calendar: 2_097_152,
    import: 33_554_432,
    file: largestFileBytes,
    // Held in memory until all of it has come.
    form: 3 * largestFileBytes,
  },
  temporalUiUrl: null,
  processMetrics: true,
  checkAnswers: false,
};

/** All that the gateway needs. What is behind it (Temporal, a database) is none of its business. */
export interface GatewayDeps {
  /** Whose token it is, or null when it is unknown, revoked or expired. */
  authenticate(token: string): Promise<Caller | null>;
  forCaller(caller: Caller): StewardApi;
  readonly idempotency: IdempotencyStore;
  /** State of every dependency, within a second or two; never throws. */
  ping(): Promise<readonly DependencyState[]>;
  /** The workflow types for the API's own description, which nobody needs a token for. */
  describeTypes(): Promise<readonly WorkflowTypeView[]>;
  /** Types that are started and told of at an address of their own. */
  readonly streams: readonly TypeStream[];
  /** iCalendar text of the feed with this secret. Throws `not_found`. */
  readFeed(secret: string): Promise<string>;
  readonly metrics: MetricsSource | null;
  readonly config: GatewayConfig;
  readonly log: Logger;
}
