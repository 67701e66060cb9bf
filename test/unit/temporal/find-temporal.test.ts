import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DownloadSources } from '../../../src/temporal/binary/download.ts';
import { findTemporal } from '../../../src/temporal/find-temporal.ts';
import type { FindTemporalParams } from '../../../src/temporal/find-temporal.ts';

let folder: string;
let cacheDir: string;
let server: Server | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-find-'));
  cacheDir = join(folder, 'cache');
  server = null;
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A command that answers `--version` as the real one does. */
async function fakeCommand(name: string, version = '1.31.2'): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "temporal version 1.8.2 (Server ${version}, UI 2.50.1)"\n`);
  await chmod(path, 0o755);
  return path;
}

async function serve(files: Record<string, Buffer | string>): Promise<string> {
  server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

async function publish(options: { readonly checksum?: string } = {}): Promise<DownloadSources> {
  await fakeCommand('release/temporal');
  await execa('tar', ['-czf', 'archive.tar.gz', '-C', 'release', 'temporal'], { cwd: folder });
  const archive = await readFile(join(folder, 'archive.tar.gz'));
  const checksum = options.checksum ?? createHash('sha256').update(archive).digest('hex');
  const url = await serve({ '/archive': archive, '/checksums': `${checksum}  temporal.tar.gz\n` });
  const archives = [`${url}/gone`, `${url}/archive`];
  return { archives, checksums: `${url}/checksums`, archiveName: 'temporal.tar.gz' };
}

function params(more: Partial<FindTemporalParams> = {}): FindTemporalParams {
  const nowhere = join(folder, 'nowhere');
  return { cliPath: null, cacheDir, pathCommand: nowhere, sources: null, moduleDir: nowhere, ...more };
}

test('a given binary wins over all others', async () => {
  await fakeCommand('cache/temporal');
  const cliPath = await fakeCommand('mine');
  const pathCommand = await fakeCommand('on-path');
  expect(await findTemporal(params({ cliPath, pathCommand }))).toEqual({ command: cliPath, serverVersion: '1.31.2' });
});

test('a given binary that is no good is refused, and nothing else is tried in its place', async () => {
  await fakeCommand('cache/temporal');
  const search = findTemporal(params({ cliPath: join(folder, 'missing') }));
  await expect(search).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('STEWARD_TEMPORAL_CLI'),
  });
});

test('the PATH comes before the cache, the cache before a download', async () => {
  const cached = await fakeCommand('cache/temporal');
  const pathCommand = await fakeCommand('on-path');
  expect((await findTemporal(params({ pathCommand }))).command).toBe(pathCommand);
  expect((await findTemporal(params())).command).toBe(cached);
});

test('a server that is too old is passed over', async () => {
  const cached = await fakeCommand('cache/temporal');
  const pathCommand = await fakeCommand('old', '1.20.0');
  expect((await findTemporal(params({ pathCommand }))).command).toBe(cached);
});

test('a download with the published checksum is kept in the cache', async () => {
  const sources = await publish();
  expect((await findTemporal(params({ sources }))).command).toBe(join(cacheDir, 'temporal'));
  expect(await readdir(cacheDir)).toEqual(['temporal']);
});

test('a download with another checksum is never run, and leaves nothing behind', async () => {
  const sources = await publish({ checksum: 'a'.repeat(64) });
  await expect(findTemporal(params({ sources }))).rejects.toThrow('SHA-256 differs');
  expect(await readdir(cacheDir)).toEqual([]);
});

test('when nothing works one error says what was tried and what to install', async () => {
  const failure = await findTemporal(params()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'unavailable' });
  const message = failure instanceof Error ? failure.message : '';
  for (const part of [
    'on the PATH: not there',
    'in the cache',
    'download: ',
    'build with Go: ',
    'STEWARD_TEMPORAL_CLI',
    'TEMPORAL_ADDRESS',
    'go.dev',
  ]) {
    expect(message).toContain(part);
  }
  expect(await readdir(cacheDir)).toEqual([]);
});
