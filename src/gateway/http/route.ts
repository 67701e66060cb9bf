import type { z } from 'zod';
import type { Logger } from 'pino';
import type { StewardApi } from '../../api/steward-api.ts';
import type { Scope } from '../../api/tokens-api.ts';
import type { BodyLimits, Caller, GatewayDeps } from '../deps.ts';
import { parseInput } from './validate.ts';
import type { RawInput } from './validate.ts';
import type { Reply } from './reply.ts';

export type Method = 'get' | 'post' | 'patch' | 'delete';
export type Tag =
  'Runs' | 'Schedules' | 'Review' | 'Records' | 'Calendar' | 'Files' | 'Account' | 'Operations' | 'Agents' | 'Dialects';

/** Who may call: anyone, any valid token, or a token with one of the scopes (`admin` has them all). */
export type Access = 'public' | 'token' | readonly Scope[];

export type AnswerSpec = {
  readonly description: string;
  /** Of the whole body; without one the answer has none, or one that is not JSON. */
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
};

/** What every handler is given beside its own, validated input. */
export type Exchange = {
  /** Acts for the caller. Public routes have none and don't ask for it. */
  readonly api: StewardApi;
  readonly caller: Caller;
  /** The Idempotency-Key of a POST; it also makes a message to a run count once. */
  readonly messageId: string | undefined;
  readonly deps: GatewayDeps;
  readonly log: Logger;
  /** Value of a request header, by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** The best of the media types that the client accepts, or null. */
  readonly accepts: (mediaTypes: readonly string[]) => string | null;
};

type Described = {
  readonly method: Method;
  /** As Express writes it: `/api/runs/:runId`. */
  readonly path: string;
  readonly tag: Tag;
  /** Unique, and the name of the method that generated clients get. */
  readonly operation: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly answers: Readonly<Record<number, AnswerSpec>>;
  /** JSON when left out. */
  readonly bodyType?: 'json' | 'calendar' | 'file';
  readonly bodyLimit?: keyof BodyLimits;
  /** A body may be left out: every field is optional. */
  readonly bodyOptional?: boolean;
  /** The answer shows a secret, so it is never kept for a replay. */
  readonly showsSecret?: boolean;
};

type Schemas<Params, Query, Body> = {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Shown in the API's description in place of `body`, where the check itself is looser. */
  readonly bodyShown?: z.ZodType;
};
type Input<Params, Query, Body> = { readonly params: Params; readonly query: Query; readonly body: Body };

/** A route as data, from which checks, the API's description and its docs page are made. */
export type RouteSpec<Params, Query, Body> = Described &
  Schemas<Params, Query, Body> & { handle(input: Input<Params, Query, Body> & Exchange): Promise<Reply> };

/** A route with the types of its own input forgotten. */
export type Route = Described &
  Schemas<unknown, unknown, unknown> & {
    /** Checks the input, and returns the call that is now safe to make. Throws `invalid_input`, or `not_found` for an id that is none. */
    prepare(raw: RawInput): (exchange: Exchange) => Promise<Reply>;
  };

/** Makes a route of its declaration. */
export function defineRoute<Params = undefined, Query = undefined, Body = undefined>(
  spec: RouteSpec<Params, Query, Body>,
): Route {
  return {
    ...spec,
    prepare(raw) {
      const input = parseInput(spec, raw);
      return (exchange) => spec.handle({ ...input, ...exchange });
    },
  };
}
