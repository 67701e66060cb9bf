import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBundle } from '../../src/worker/bundle.ts';
import { catalog } from '../../workflows/catalog.ts';
import { pathsByType } from './record/paths-by-type.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
Runtime.install({ logger: new DefaultLogger('ERROR') });

// Of a Steward that is set up otherwise than the paths' own.
const otherRecordings = [
  'project_planning/request-expired.json',
  'project_planning/continued-as-new-1.json',
  'project_planning/continued-as-new-2.json',
  'agent/continued-in-a-loop-1.json',
  'agent/continued-in-a-loop-2.json',
  'undo_proposal/undone.json',
  'run_schedule/due-and-removed.json',
];

async function recordings(): Promise<readonly string[]> {
  const names = await readdir(here, { recursive: true });
  return names.filter((name) => name.endsWith('.json')).sort();
}

const files = await recordings();
let options: ReplayWorkerOptions;
beforeAll(async () => {
  const entry = join(root, 'test', 'support', 'probe', 'workflow.ts');
  options = { workflowBundle: await loadBundle({ root, cacheDir: join(tmpdir(), 'steward-test-cache'), entry }) };
});

async function read(file: string): Promise<{ readonly events: readonly Record<string, unknown>[] }> {
  return JSON.parse(await readFile(join(here, file), 'utf8')) as {
    readonly events: readonly Record<string, unknown>[];
  };
}

describe('recorded histories', () => {
  const paths = Object.entries(pathsByType).flatMap(([type, byName]) =>
    Object.keys(byName).map((path) => `${type}/${path}.json`),
  );

  test.each([...paths, ...otherRecordings])('exist for %s', (file) => {
    expect(files).toContain(file);
  });

  test('exist for some path of every workflow type', () => {
    const recorded = new Set(files.map((file) => file.split('/')[0]));
    expect(catalog.names().filter((type) => !recorded.has(type))).toEqual([]);
  });

  test.each(files)('%s is replayed by today’s code', async (file) => {
    await Worker.runReplayHistory(options, await read(file));
  });

  test('are not replayed by code that does something else', async () => {
    const history = await read('project_planning/auto-executed.json');
    // The same history as if its first model call had been something else: what a changed body looks like to Temporal.
    const text = JSON.stringify(history).replaceAll('"callModel"', '"askSomebodyElse"');
    const changed = JSON.parse(text) as typeof history;
    await expect(Worker.runReplayHistory(options, changed)).rejects.toThrow(DeterminismViolationError);
  });

  test.each(files)('%s names no machine and no path', async (file) => {
    const text = await readFile(join(here, file), 'utf8');
    expect(text).not.toContain(root);
    expect(text).not.toMatch(/\b\d+@(?!host)[\w-]/);
  });
});
