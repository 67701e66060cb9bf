import type { StewardApi } from './steward-api.ts';
import { accountCalls } from './http/account-calls.ts';
import { briefCalls } from './http/brief-calls.ts';
import { fileCalls } from './http/file-calls.ts';
import { recordCalls } from './http/record-calls.ts';
import { reviewCalls } from './http/review-calls.ts';
import { runCalls } from './http/run-calls.ts';
import { scheduleCalls } from './http/schedule-calls.ts';
import { createTransport } from './http/transport.ts';
import type { HttpClientOptions } from './http/transport.ts';

export type { HttpClientOptions } from './http/transport.ts';

/**
 * The API of one caller, over HTTP: what CLI, web and other programs use. Every method may throw `StewardError` with the
 * code and details that the server gave; `unavailable` also when it can't be reached. Reads are tried again a few times, as
 * is whatever the server answers with 503 and Retry-After; each POST carries an Idempotency-Key (its `messageId` where it
 * has one), so that trying again never does a thing twice.
 *
 * Unlike the service's, `watchRun` ends by itself when the run has finished and all of its events came.
 */
export function createHttpClient(options: HttpClientOptions): StewardApi {
  const transport = createTransport(options);
  return {
    ...runCalls(transport),
    ...reviewCalls(transport),
    ...recordCalls(transport),
    ...accountCalls(transport),
    ...fileCalls(transport),
    ...scheduleCalls(transport),
    ...briefCalls(transport),
  };
}
