import { existsSync } from 'node:fs';
import pg from 'pg';
import { startPostgres } from '../../test/db/support/postgres-server.ts';

export type BenchPostgres = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

// The postmaster is the parent of the process that answers.
async function postmaster(url: string): Promise<number> {
  const text = "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid";
  return Number((await query(url, text))[0]?.['pid']);
}

/** When each event was committed, in ms of Unix time, by `<run id>/<number>`. */
export async function commitTimes(url: string): Promise<Map<string, number>> {
  const text = `
    select run_id || '/' || seq as key, extract(epoch from pg_xact_commit_timestamp(xact::xid))::float8 * 1000 as at
    from run_events`;
  return new Map((await query(url, text)).map((row) => [String(row['key']), Number(row['at'])]));
}

/** A Postgres server of its own, which keeps the time of each commit; null where Postgres isn't installed. */
export async function openPostgres(): Promise<BenchPostgres | null> {
  if (!existsSync('/usr/lib/postgresql')) return null;
  const server = await startPostgres();
  const stop = async (): Promise<void> => await server.stop();
  try {
    await query(server.url, 'alter system set track_commit_timestamp = on');
    await server.crash();
    await server.start();
    return { url: server.url, pid: await postmaster(server.url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
