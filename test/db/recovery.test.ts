import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import type { OpenedDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { startTimeoutMs } from './support/backends.ts';
import { newUser } from './support/rows.ts';
import { startPostgres } from './support/postgres-server.ts';
import type { PostgresServer } from './support/postgres-server.ts';

const patience = { timeout: 30_000, interval: 100 };

describe('a process that stops in the middle of a transaction', () => {
  let server: PostgresServer;
  let stopped: OpenedDatabase;
  let database: OpenedDatabase;
  beforeAll(async () => {
    server = await startPostgres();
    database = await openDatabase({ url: server.url });
    await migrate(database);
    stopped = await openDatabase({ url: server.url, onError: () => undefined });
  }, startTimeoutMs);
  afterAll(async () => {
    await database.close();
    await stopped.close();
    await server.stop();
  });

  it(
    'keeps others from its rows for a while, but takes no connection of theirs, and loses the rows at last',
    async () => {
      const userId = await newUser(database);
      const change = async (of: OpenedDatabase): Promise<void> =>
        await of.asService(async (tx) => {
          await tx.updateTable('users').set({ name: 'Eve' }).where('id', '=', userId).execute();
        });
      let come = (): void => undefined;
      const back = new Promise<void>((resolve) => void (come = resolve));
      const entered = Promise.withResolvers<undefined>();
      const late = stopped.asService(async (tx) => {
        await tx.updateTable('users').set({ name: 'Mallory' }).where('id', '=', userId).execute();
        entered.resolve(undefined);
        await back;
        await tx.selectFrom('users').selectAll().execute();
      });
      late.catch(() => undefined);
      await entered.promise;
      // Its own next transactions stand in the queue before anybody else's.
      const queued = [change(stopped), change(stopped)].map(
        async (each) => await each.catch((error: unknown) => error),
      );
      // More than a pool has connections: all of them give up, and the pool is whole.
      const tries = await Promise.allSettled(Array.from({ length: 12 }, async () => await change(database)));
      expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 'rejected'));
      await database.ping();
      await vi.waitFor(async () => await change(database), { timeout: 40_000, interval: 200 });
      come();
      await expect(late).rejects.toMatchObject({ code: 'unavailable' });
      expect(await Promise.all(queued)).toEqual([
        expect.objectContaining({ code: 'unavailable' }),
        expect.objectContaining({ code: 'unavailable' }),
      ]);
    },
    startTimeoutMs,
  );
});

describe('a Postgres server that goes away', () => {
  let server: PostgresServer;
  let database: OpenedDatabase;
  const errors: Error[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    database = await openDatabase({ url: server.url, onError: (error) => errors.push(error) });
    await migrate(database);
  }, startTimeoutMs);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it(
    'is unavailable meanwhile, and is used again once it is back',
    async () => {
      const heard: string[] = [];
      const onReconnect = vi.fn();
      const stop = await database.listen('news', (payload) => heard.push(payload), { onReconnect });
      const interrupted = database.asService(async (tx) => {
        await tx.selectFrom('users').selectAll().execute();
        await server.crash();
        await tx.selectFrom('users').selectAll().execute();
      });
      await expect(interrupted).rejects.toMatchObject({ code: 'unavailable' });
      await expect(database.ping()).rejects.toMatchObject({ code: 'unavailable' });
      await expect(database.asService((tx) => tx.selectFrom('users').selectAll().execute())).rejects.toMatchObject({
        code: 'unavailable',
      });
      expect(errors.length).toBeGreaterThan(0);
      await server.start();
      await vi.waitFor(() => database.ping(), patience);
      await vi.waitFor(() => expect(onReconnect).toHaveBeenCalled(), patience);
      await database.asService((tx) => sql`select pg_notify('news', 'back')`.execute(tx));
      await vi.waitFor(() => expect(heard).toEqual(['back']), patience);
      await stop();
    },
    startTimeoutMs,
  );

  it('is survived when it ends connections one by one', async () => {
    const ended = database.asService(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(database.owner);
      await tx.selectFrom('users').selectAll().execute();
    });
    await expect(ended).rejects.toMatchObject({ code: 'unavailable' });
    await vi.waitFor(() => database.ping(), patience);
  });

  it(
    'ends with its listener while the server is away',
    async () => {
      const other = await openDatabase({ url: server.url });
      await other.listen('news', () => undefined);
      await server.crash();
      await other.close();
      await expect(other.ping()).rejects.toMatchObject({ code: 'unavailable' });
      await server.start();
    },
    startTimeoutMs,
  );
});
