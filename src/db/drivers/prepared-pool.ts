import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { joiningBegin } from './joined-begin.ts';

// Row-level security makes planning dear: unprepared, a run spent a third of the database's time on plans.
const mostStatements = 500;
// Statements for any number of rows come in as many variants: only the small ones are worth a plan.
const mostParameters = 60;
const planOutdated = '0A000';

type Names = (text: string, parameters: readonly unknown[]) => string | undefined;

/** Names for statements, the same for the same text; none for one statement too many. */
function createNames(): Names {
  const names = new Map<string, string>();
  return (text, parameters) => {
    if (parameters.length === 0 || parameters.length > mostParameters) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= mostStatements) return known;
    const name = `steward_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
    return name;
  };
}

function isOutdated(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === planOutdated;
}

function prepared(client: pg.PoolClient, nameOf: Names): PostgresPoolClient {
  let outdated = false;
  const send = joiningBegin(async (text, parameters) => {
    const name = nameOf(text, parameters);
    const values = [...parameters];
    return await client.query(name === undefined ? { text, values } : { name, text, values });
  });
  async function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      // Its rows are what the statement's builder says they are.
      return (await send(text, parameters)) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      // Another process has changed a table: the next try gets a connection without old plans.
      outdated ||= isOutdated(error);
      throw error;
    }
  }
  // No cursors: nothing here streams from the database.
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || outdated),
  };
}

/** A pool whose connections prepare each statement at its first use and keep its plan. */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const nameOf = createNames();
  return {
    Client: pg.Client,
    options: pool.options,
    connect: async () => prepared(await pool.connect(), nameOf),
    end: async () => await pool.end(),
  };
}
