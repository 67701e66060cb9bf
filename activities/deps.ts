import type { RequestTiming } from '../src/contract/request.ts';
import type { Database } from '../src/db/database.ts';
import type { FileStore } from '../src/files/file-store.ts';
import type { ModelService } from '../src/models/model-service.ts';
import type { ToolSource } from '../src/tools/tool-source.ts';
import type { Catalog } from '../workflows/catalog.ts';

/** What activities tell the operator. No personal text: ids, names of things, and counts. */
export interface ActivityLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Everything activities need, handed over by the worker's composition root. */
export type ActivityDeps = {
  readonly database: Database;
  readonly catalog: Pick<Catalog, 'get' | 'names'>;
  readonly models: ModelService;
  readonly files: FileStore;
  /** Tools of agent loops that are not Steward's own. */
  readonly outsideTools: ToolSource;
  readonly now: () => Date;
  /** Whom a run belongs to that was started without a user (by the `temporal` CLI). */
  readonly localUserId: () => Promise<string>;
  readonly log: ActivityLog;
  /** How long requests of a run stay open, unless its type says otherwise. */
  readonly requestTiming: RequestTiming;
  /** Unit of the wait between two attempts of a run, in ms; a minute when left out. */
  readonly attemptBaseMs?: number;
};

const dayMs = 86_400_000;

/** Seven days, a reminder after one; a question without a default then fails the run, others take their defaults. */
export const defaultRequestTiming: RequestTiming = { timeoutMs: 7 * dayMs, remindAfterMs: dayMs, onDeadline: 'fail' };
