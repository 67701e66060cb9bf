import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EventView, ProposalView, RunDetail, StepView } from '../../src/contract/views.ts';
import { clearIntent, start, untilAsked, untilStatus } from './support/journey.ts';
import type { Rows } from './support/journey.ts';
import { processesOf } from './support/processes.ts';
import { newDataDir, removeDataDir, startUp, steward, takePort } from './support/up.ts';
import type { Up } from './support/up.ts';

const made: string[] = [];

async function freshDir(): Promise<string> {
  const dir = await newDataDir();
  made.push(dir);
  return dir;
}

afterEach(async () => {
  for (const dir of made.splice(0)) await removeDataDir(dir);
});

async function rowCounts(up: Up): Promise<Record<string, number>> {
  const kinds = ['projects', 'phases', 'tasks'] as const;
  const counted = await Promise.all(
    kinds.map(async (kind) => [kind, (await up.json<Rows>(kind, 'list', '--limit', '1000')).data.length] as const),
  );
  const window = ['--from', '2026-01-01', '--to', '2028-01-01'];
  const events = await up.json<readonly { uid: string; start: string }[]>('calendar', 'events', ...window);
  return { ...Object.fromEntries(counted), blocks: events.length };
}

/** What the applied operations of a proposal must have made, by table. */
function expectedCounts({ operations }: ProposalView): Record<string, number> {
  const applied = operations.filter((operation) => operation.status === 'applied');
  const count = (kind: string): number => applied.filter((operation) => operation.kind === kind).length;
  return {
    projects: count('create_project'),
    phases: count('create_phase'),
    tasks: count('create_task'),
    blocks: count('schedule_event'),
  };
}

describe('steward up', () => {
  test('makes a fresh data directory whose token its owner alone can read, and takes another port when its own is taken', async () => {
    const dataDir = join(await freshDir(), 'made', 'by', 'up');
    const taken = await takePort(8080);
    // Without STEWARD_PORT the default port is wanted, and is taken by this test or by somebody else.
    const up = await startUp(dataDir, { STEWARD_PORT: '' });
    expect(new URL(up.url).port).not.toBe('8080');
    expect(up.output()).toContain(`API        ${up.url}`);
    expect((await stat(join(dataDir, 'token'))).mode & 0o777).toBe(0o600);
    expect(await up.cli('runs')).toMatchObject({ exitCode: 0, stdout: '' });
    await up.stop();
    await taken?.close();
  });

  test('refuses a port that was asked for and is taken, and leaves nothing running', async () => {
    const taken = await takePort(0);
    const env = { STEWARD_DATA_DIR: await freshDir(), STEWARD_PORT: String(taken?.port) };
    const refused = await steward(['up'], { env });
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain(`Port ${taken?.port} is taken`);
    expect(await processesOf(env.STEWARD_DATA_DIR)).toEqual([]);
    expect(refused.stdout).not.toContain('Steward is ready');
    await taken?.close();
  });

  test('refuses a data directory that another one works on, which goes on undisturbed', async () => {
    const up = await startUp(await freshDir());
    const second = await steward(['up'], { env: { ...up.env, STEWARD_PORT: '0' } });
    expect(second).toMatchObject({ exitCode: 4 });
    expect(second.stderr).toMatch(/^conflict: /m);
    expect(await up.cli('runs')).toMatchObject({ exitCode: 0 });
    await up.stop();
    const away = await up.cli('runs');
    expect(away).toMatchObject({ exitCode: 6, stdout: '' });
  });

  test('drains on SIGTERM: what it had finished stays, and the run goes on at the next start', async () => {
    const dataDir = await freshDir();
    const up = await startUp(dataDir);
    const runId = await start(up, clearIntent('Drained room'));
    await up.stop('SIGTERM');
    await expect(access(join(dataDir, 'temporal.pid'))).rejects.toThrow('ENOENT');
    const again = await startUp(dataDir);
    await untilAsked(again, runId, 'approval');
    expect(await again.cli('approve', runId)).toMatchObject({ exitCode: 0 });
    expect(await again.cli('run', runId, '--watch')).toMatchObject({ exitCode: 0 });
    await again.stop();
  });
});

describe('kill -9 of everything', () => {
  test('while the model works and while the plan is applied: the run goes on, and nothing is there twice', async () => {
    const dataDir = await freshDir();
    let up = await startUp(dataDir);
    const runId = await start(up, clearIntent('Killed room'));
    await up.kill();
    up = await startUp(dataDir);
    const request = await untilAsked(up, runId, 'approval');
    expect(await up.cli('approve', request.id)).toMatchObject({ exitCode: 0 });
    // Whatever it was doing by now, mostly the applying.
    await up.kill();
    up = await startUp(dataDir);
    const run = await untilStatus(up, runId, 'completed');
    const proposal = await up.json<ProposalView>('proposal', run.proposals[0]?.id ?? '');
    expect(run.proposals).toHaveLength(1);
    expect(new Set(proposal.operations.map((operation) => operation.status))).toEqual(new Set(['applied']));
    expect(await rowCounts(up)).toEqual(expectedCounts(proposal));
    const steps = await up.json<readonly StepView[]>('steps', runId);
    expect(steps.map((step) => step.number)).toEqual(steps.map((_step, index) => index + 1));
    const watched = await up.cli('--json', 'run', runId, '--watch');
    const lines = watched.stdout.split('\n').slice(0, -1);
    const events = lines.map((line) => JSON.parse(line) as EventView);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
    expect(events.filter((event) => event.type === 'run.finished')).toHaveLength(1);
    await up.stop();
  }, 180_000);

  test('while it waits: the question and the answers given are still there', async () => {
    const dataDir = await freshDir();
    let up = await startUp(dataDir);
    const runId = await start(up, 'Plan my move to Berlin');
    const before = await untilAsked(up, runId, 'clarification');
    await up.kill();
    up = await startUp(dataDir);
    const after = await untilAsked(up, runId, 'clarification');
    expect(after).toEqual(before);
    expect(await up.cli('answer', runId, 'outcome=boxes packed, keys handed over')).toMatchObject({ exitCode: 0 });
    await up.kill();
    up = await startUp(dataDir);
    await untilAsked(up, runId, 'approval');
    const run = await up.json<RunDetail>('run', runId);
    const answered = run.requests.filter((request) => request.status === 'answered');
    expect(answered.map((request) => request.id)).toEqual([before.id]);
    expect(answered[0]?.answer).toMatchObject({ outcome: 'boxes packed, keys handed over' });
    await up.stop();
  }, 180_000);
});

describe('an exported document', () => {
  test('fills an empty Steward with the same rows', async () => {
    const first = await startUp(await freshDir());
    const runId = await start(first, clearIntent('Moved room'), '--auto');
    await untilStatus(first, runId, 'completed');
    const counts = await rowCounts(first);
    const tasks = await first.json<Rows>('tasks', 'list');
    const file = join(first.dataDir, 'all.json');
    expect(await first.cli('export', '-o', file)).toMatchObject({ exitCode: 0 });
    const second = await startUp(await freshDir());
    expect(await second.cli('import', file)).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await rowCounts(second)).toEqual(counts);
    const ids = (rows: Rows): readonly string[] => rows.data.map((row) => row.id).sort();
    expect(ids(await second.json<Rows>('tasks', 'list'))).toEqual(ids(tasks));
    await second.stop();
    await first.stop();
  });
});
