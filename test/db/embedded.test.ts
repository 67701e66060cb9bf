import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { startTimeoutMs, templateCache } from './support/backends.ts';
import { newUser } from './support/rows.ts';

// Writes users one by one and prints the id of each that was committed.
const writer = `
import { openDatabase } from "__DB__";
const database = await openDatabase({ dataDir: process.argv[1] });
for (;;) {
  const { id } = await database.asService((tx) => tx.insertInto('users').values({ name: 'Ada' }).returning('id').executeTakeFirstOrThrow());
  process.stdout.write(id + '\\n');
}`;

function writeUntilKilled(dataDir: string): Promise<string[]> {
  const script = writer.replace('__DB__', path.resolve('src/db/database.ts'));
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > 20) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('close', () => resolve(output.split('\n').slice(0, -1))));
}

describe('the embedded database in a directory', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'steward-pglite-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it.each([
    ['from a template', templateCache],
    ['from nothing', undefined],
  ])(
    'keeps its rows when made %s',
    async (name, cacheDir) => {
      const dataDir = path.join(home, name, 'db');
      const first = await openDatabase({ dataDir, cacheDir });
      await migrate(first);
      const user = await newUser(first);
      await first.close();
      const second = await openDatabase({ dataDir, cacheDir });
      expect(await migrate(second)).toEqual({ applied: [] });
      expect(await second.asUser(user, (tx) => tx.selectFrom('users').select('id').execute())).toEqual([{ id: user }]);
      await second.close();
      expect(await readdir(path.dirname(dataDir))).toEqual(['db']);
    },
    startTimeoutMs,
  );

  it(
    'is refused to a second process',
    async () => {
      const dataDir = path.join(home, 'shared');
      const first = await openDatabase({ dataDir, cacheDir: templateCache });
      await expect(openDatabase({ dataDir, cacheDir: templateCache })).rejects.toMatchObject({ code: 'conflict' });
      await first.close();
      const second = await openDatabase({ dataDir, cacheDir: templateCache });
      await second.close();
    },
    startTimeoutMs,
  );

  it(
    'keeps all that was committed when its process is killed, and can be opened again',
    async () => {
      const dataDir = path.join(home, 'killed');
      const made = await openDatabase({ dataDir, cacheDir: templateCache });
      await migrate(made);
      await made.close();
      const written = await writeUntilKilled(dataDir);
      expect(written.length).toBeGreaterThan(10);
      const database = await openDatabase({ dataDir, cacheDir: templateCache });
      const rows = await database.asService((tx) => tx.selectFrom('users').select('id').execute());
      await database.close();
      expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining(written));
    },
    startTimeoutMs,
  );
});

describe('a transaction on the embedded database', () => {
  it(
    'leaves nothing behind when it fails, and the next one works',
    async () => {
      const database = await openDatabase({ cacheDir: templateCache });
      await migrate(database);
      const user = await newUser(database);
      const failing = database.asUser(user, async (tx) => {
        await tx.insertInto('projects').values({ user_id: user, name: 'Gone' }).execute();
        await tx.insertInto('tasks').values({ user_id: user, title: 't', parent_task_id: user }).execute();
      });
      await expect(failing).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await database.asUser(user, (tx) => tx.selectFrom('projects').selectAll().execute())).toEqual([]);
      await database.close();
      await expect(database.ping()).rejects.toMatchObject({ code: 'unavailable' });
    },
    startTimeoutMs,
  );

  it(
    'is refused inside another one instead of waiting for ever',
    async () => {
      const database = await openDatabase({ cacheDir: templateCache });
      const nested = database.asService(() => database.asService(async () => 1));
      await expect(nested).rejects.toMatchObject({
        code: 'internal',
        message: expect.stringContaining('inside another'),
      });
      expect(await Promise.all([1, 2, 3].map((value) => database.asService(async () => value)))).toEqual([1, 2, 3]);
      await database.close();
    },
    startTimeoutMs,
  );
});
