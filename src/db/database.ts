import type { Kysely, Transaction } from 'kysely';
import { openPglite } from './drivers/pglite.ts';
import { openPostgres } from './drivers/postgres.ts';
import type { Tables } from './tables.ts';

export type ListenOptions = {
  /** Called after a lost connection is back: messages sent meanwhile are lost, so read again what you watch. */
  readonly onReconnect?: () => void;
};

/**
 * Access to the database, always in one transaction and always as a role that row-level security applies to. The
 * transaction commits when `work` resolves and rolls back when it throws. Only `tx` may be used inside: the embedded
 * database has one connection, and a second transaction opened inside would wait for itself; it is refused (`internal`).
 *
 * Every method may throw `StewardError`: `unavailable` while the server can't be reached (the next call tries again), and
 * the codes of `errors.ts` for what the database refuses.
 */
export interface Database {
  /** As this user: sees and changes only rows of the user. */
  asUser<T>(userId: string, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** As the service: sees and changes all rows. */
  asService<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Calls back for each notification on the channel until the returned function is called. Survives restarts of the server. */
  listen(channel: string, onMessage: (payload: string) => void, options?: ListenOptions): Promise<() => Promise<void>>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A database as opened by a composition root, which alone may change its schema. */
export interface OpenedDatabase extends Database {
  readonly kind: 'postgres' | 'pglite';
  /** As the owner of the tables: for migrations only. */
  readonly owner: Kysely<Tables>;
}

export type OpenOptions = {
  /** A Postgres server; wins over `dataDir`. */
  readonly url?: string | undefined;
  /** Directory of the embedded database; made when missing. Without `url` and `dataDir` the database lives in memory. */
  readonly dataDir?: string | undefined;
  /** Where prepared templates of the embedded database are kept, so that a fresh one starts in a second instead of six. */
  readonly cacheDir?: string | undefined;
  /** Most connections to a Postgres server; 10 when left out. */
  readonly maxConnections?: number | undefined;
  /** Told of failures that no caller waits for, such as a lost idle connection. */
  readonly onError?: ((error: Error) => void) | undefined;
};

/** Opens the database without changing its schema: call `migrate` (migrate.ts) before use. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  const onError = options.onError ?? (() => undefined);
  if (options.url !== undefined) {
    return openPostgres({ url: options.url, maxConnections: options.maxConnections ?? 10, onError });
  }
  return openPglite({ dataDir: options.dataDir ?? null, cacheDir: options.cacheDir ?? null, onError });
}
