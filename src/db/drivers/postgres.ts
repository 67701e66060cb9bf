import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { OpenedDatabase } from '../database.ts';
import type { Tables } from '../tables.ts';
import { PostgresListener } from './postgres-listener.ts';
import { preparingPool } from './prepared-pool.ts';
import { roleBound } from './roles.ts';
import { valueParsers } from './value-types.ts';

export type PostgresOptions = {
  readonly url: string;
  readonly maxConnections: number;
  readonly onError: (error: Error) => void;
};

// pg declares its own parsers as `any`; the cast keeps that from spreading.
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return valueParsers[oid] ?? (pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown);
}

const types: pg.CustomTypesConfig = { getTypeParser: parserOf };

/** Connects lazily: the server may still be starting. */
export function openPostgres(options: PostgresOptions): OpenedDatabase {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    types,
    application_name: 'steward',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A stopped process must not keep its row locks for ever: a little longer than an activity goes without a sign of life.
    idle_in_transaction_session_timeout: 20_000,
  });
  pool.on('error', options.onError);
  // The pool listens to idle connections only; one lost while in use would end the process.
  pool.on('connect', (client) => {
    client.on('error', options.onError);
  });
  const owner = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }) });
  const listener = new PostgresListener({ url: options.url, onError: options.onError });
  return {
    kind: 'postgres',
    owner,
    ...roleBound(owner),
    listen: (channel, onMessage, listenOptions) =>
      listener.subscribe({ channel, onMessage, onReconnect: listenOptions?.onReconnect ?? (() => undefined) }),
    async close() {
      await listener.close();
      await owner.destroy();
    },
  };
}
