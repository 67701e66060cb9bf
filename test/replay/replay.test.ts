import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadBundle } from '../../src/worker/bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
Runtime.install({ logger: new DefaultLogger('ERROR') });

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
  test('exist for every path of a planning run', () => {
    const paths = files
      .filter((file) => file.startsWith('project_planning/'))
      .map((file) => file.slice('project_planning/'.length, -'.json'.length));
    const wanted = [
      'approved-in-part',
      'clarification',
      'rejection-and-revision',
      'pause-and-resume',
      'budget-asked-and-raised',
      'cancelled-while-applying',
    ];
    const ended = [
      'budget-aborted',
      'cancelled',
      'stopped',
      'auto-executed',
      'request-expired',
      'continued-as-new-1',
      'continued-as-new-2',
    ];
    expect(paths).toEqual(expect.arrayContaining([...wanted, ...ended]));
  });

  test('exist for what no real type does yet: an agent, questions and calls side by side', () => {
    const wanted = ['agent', 'two-questions', 'budget-side-by-side'].map((path) => `probe/${path}.json`);
    expect(files).toEqual(expect.arrayContaining(wanted));
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
