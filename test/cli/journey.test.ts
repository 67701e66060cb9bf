import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProposalView, RequestView, RunDetail, StepView } from '../../src/contract/views.ts';
import { clearIntent, start, untilAsked, untilStatus } from './support/journey.ts';
import type { Rows } from './support/journey.ts';
import { bin, newDataDir, removeDataDir, startUp, steward } from './support/up.ts';
import type { Up } from './support/up.ts';

let up: Up;

beforeAll(async () => {
  up = await startUp(await newDataDir());
});

afterAll(async () => {
  await up.stop();
  await removeDataDir(up.dataDir);
});

describe('from an intent to a calendar', () => {
  let runId: string;
  let proposal: ProposalView;

  test('a start prints the id of the run and nothing else on standard output', async () => {
    const prompt = ['--prompt', 'Plan my move to Berlin'];
    const { stdout, stderr, exitCode } = await up.cli('start', 'project_planning', ...prompt);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^[\da-f-]{36}$/);
    expect(stderr).toContain(`steward run ${stdout} --watch`);
    runId = stdout;
  });

  test('what it asks stands in the list of requests, with the command that answers it', async () => {
    const request = await untilAsked(up, runId, 'clarification');
    const { stdout } = await up.cli('requests', '--run', runId);
    expect(stdout).toContain('Plan my move to Berlin');
    expect(stdout).toContain(`steward answer ${request.id} `);
    for (const { key, question } of request.questions) {
      expect(stdout).toContain(`${key} (`);
      expect(stdout).toContain(question);
    }
  });

  test('an answer of the wrong type is refused by field, and one without values says what is asked', async () => {
    const request = await untilAsked(up, runId, 'clarification');
    const wrong = await up.cli('answer', request.id, 'deadline=soon', 'outcome=a new flat');
    expect(wrong).toMatchObject({ exitCode: 4, stdout: '' });
    expect(wrong.stderr).toContain('value.deadline: expected a date as YYYY-MM-DD');
    const empty = await up.cli('answer', request.id);
    expect(empty).toMatchObject({ exitCode: 2, stdout: '' });
    expect(empty.stderr).toContain('outcome (text)');
  });

  test('a right answer is taken, by the id of the run too', async () => {
    const values = ['deadline=2027-02-01', 'hours_per_week=10', 'outcome=boxes packed (3 hours), keys handed over'];
    expect(await up.cli('answer', runId, ...values)).toMatchObject({ exitCode: 0, stdout: '', stderr: 'Answered.' });
  });

  test('the proposal shows every operation with its reason', async () => {
    const request = await untilAsked(up, runId, 'approval');
    proposal = await up.json<ProposalView>('proposal', request.proposalId ?? '');
    const { stdout } = await up.cli('proposal', proposal.id);
    for (const operation of proposal.operations) expect(stdout).toContain(`${operation.id}  ${operation.title}`);
    expect(stdout).toContain(proposal.digest);
  });

  test('a reader that has seen enough ends the command quietly', async () => {
    const pipe = `set -o pipefail; "${process.execPath}" "${bin}" --json proposal ${proposal.id} | head -n 1`;
    const { stdout, stderr, exitCode } = await execa('bash', ['-c', pipe], { env: up.env, reject: false });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: '{', stderr: '', exitCode: 0 });
  });

  test('an agent with a token of its own sees the proposal and may not approve it', async () => {
    const { token, view } = await up.json<{ token: string; view: { id: string } }>('tokens', 'create', 'agent');
    const seen = await up.cli('--token', token, 'proposal', proposal.id);
    expect(seen.exitCode).toBe(0);
    const refused = await up.cli('--token', token, 'approve', runId);
    expect(refused).toMatchObject({ exitCode: 5, stdout: '' });
    expect(refused.stderr).toMatch(/^forbidden: /);
    expect(await up.cli('tokens', 'revoke', view.id)).toMatchObject({ exitCode: 0 });
    expect(await up.cli('--token', token, 'runs')).toMatchObject({ exitCode: 5 });
  });

  test('an operation that the proposal does not have is refused before anything is sent', async () => {
    const refused = await up.cli('approve', runId, '--except', 'task-999');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('task-999');
    const stale = await up.cli('approve', runId, '--digest', 'of-another-one');
    expect(stale).toMatchObject({ exitCode: 4 });
    expect(stale.stderr).toContain('stale_digest');
  });

  test('what is refused is left out together with what needs it, and the rest is applied', async () => {
    const task = proposal.operations.find((operation) => operation.kind === 'create_task');
    const { exitCode, stderr } = await up.cli('approve', runId, '--except', task?.id ?? '');
    expect(exitCode).toBe(0);
    const [, accepted, all] = /^Approved (\d+) of (\d+) operations\.$/m.exec(stderr) ?? [];
    expect(Number(all)).toBe(proposal.operations.length);
    const watched = await up.cli('run', runId, '--watch');
    expect(watched).toMatchObject({ exitCode: 0 });
    expect(watched.stdout).toContain('— apply');
    expect(watched.stderr).toContain('completed');
    const { operations } = await up.json<ProposalView>('proposal', proposal.id);
    expect(operations.filter((each) => each.status === 'applied')).toHaveLength(Number(accepted));
    expect(operations.find((each) => each.id === task?.id)?.status).toBe('refused');
    const tasks = await up.json<Rows>('tasks', 'list');
    expect(tasks.data.map((row) => row['title'])).not.toContain(task?.title);
  });

  test('a watch with JSON is one event a line and the run at the end', async () => {
    const { stdout, stderr } = await up.cli('--json', 'run', runId, '--watch');
    const lines = stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const events = lines.slice(0, -1);
    expect(events.map((event) => event['seq'])).toEqual(events.map((_event, index) => index + 1));
    expect(lines.at(-1)).toMatchObject({ id: runId, status: 'completed' });
    expect(stderr).toBe('');
  });

  test('steps, usage and the file say what was done and what it cost', async () => {
    const run = await up.json<RunDetail>('run', runId);
    const steps = await up.json<readonly StepView[]>('steps', runId);
    expect(steps.map((step) => step.number)).toEqual(steps.map((_step, index) => index + 1));
    expect((await up.cli('steps', runId, '--reasons')).stdout).toContain(steps[0]?.reasoning ?? 'a reason');
    const [usage] = await up.json<readonly { calls: number; completionTokens: number }[]>('usage', '--run', runId);
    expect(usage?.calls).toBe(steps.filter((step) => step.model !== null).length);
    const text = await up.cli('run', runId);
    expect(text.stdout).toMatch(/cost \$0\.0000 of \$1\.0000 · \d+ tokens · \d+ of 200 steps/);
    const file = await up.cli('file', run.artifacts[0]?.id ?? '');
    expect(file.stdout).toMatch(/^#/);
  });

  test('undo takes back what was applied, and a second time nothing is left to take', async () => {
    const before = await up.json<Rows>('tasks', 'list');
    expect(before.data.length).toBeGreaterThan(0);
    const undone = await up.json<{ undone: number; kept: readonly unknown[] }>('undo', proposal.id);
    expect(undone.undone).toBeGreaterThan(before.data.length);
    expect((await up.json<Rows>('tasks', 'list')).data).toEqual([]);
    expect(await up.cli('undo', proposal.id)).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

describe('what a person owns', () => {
  test('goes out as one document and comes back without doubles', async () => {
    await up.json('notes', 'add', 'title=Landlord', 'content=Call in the morning');
    const file = join(up.dataDir, 'export.json');
    expect(await up.cli('export', '--output', file)).toMatchObject({ exitCode: 0, stdout: '' });
    const before = await up.json<Rows>('notes', 'list');
    const again = await up.json<{ created: Record<string, number>; skipped: number }>('import', file);
    expect(Object.values(again.created).reduce((sum, created) => sum + created, 0)).toBe(0);
    expect(await up.json<Rows>('notes', 'list')).toEqual(before);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'steward-export' });
  });

  test('a file that is no export is refused by name', async () => {
    const file = join(up.dataDir, 'broken.json');
    await writeFile(file, '{"half');
    const refused = await up.cli('import', file);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('file.json: this is not JSON');
  });

  test('an iCalendar file comes in, and its events are listed', async () => {
    const file = join(up.dataDir, 'one.ics');
    const lines = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//test//EN',
      'BEGIN:VEVENT',
      'UID:visit@test',
      'DTSTAMP:20261101T000000Z',
      'DTSTART:20270301T090000Z',
      'DTEND:20270301T100000Z',
      'SUMMARY:Visit the site',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    await writeFile(file, `${lines.join('\r\n')}\r\n`);
    expect(await up.cli('calendar', 'import', file)).toMatchObject({ exitCode: 0 });
    const { stdout } = await up.cli('calendar', 'events', '--from', '2027-03-01', '--to', '2027-03-02');
    expect(stdout).toContain('Visit the site');
  });
});

describe('control of a run', () => {
  test('pause holds it, resume lets it go on', async () => {
    const runId = await start(up, clearIntent('Paused room'));
    expect(await up.cli('pause', runId, '--reason', 'lunch')).toMatchObject({ exitCode: 0, stderr: 'Paused.' });
    await untilStatus(up, runId, 'paused');
    expect(await up.cli('resume', runId)).toMatchObject({ exitCode: 0, stderr: 'Resumed.' });
    await untilAsked(up, runId, 'approval');
    expect(await up.cli('cancel', runId)).toMatchObject({ exitCode: 0 });
    const watched = await up.cli('run', runId, '--watch');
    expect(watched.exitCode).toBe(11);
  });

  test('stop ends it with what it has, and a message to a finished run is refused', async () => {
    const runId = await start(up, clearIntent('Stopped room'));
    await untilAsked(up, runId, 'approval');
    expect(await up.cli('stop', runId)).toMatchObject({ exitCode: 0 });
    const watched = await up.cli('run', runId, '--watch');
    expect(watched.stderr).toContain('(stopped)');
    const late = await up.cli('--json', 'pause', runId);
    expect(late).toMatchObject({ exitCode: 4, stdout: '' });
    expect(JSON.parse(late.stderr)).toMatchObject({ error: { code: 'run_finished', exitCode: 4 } });
  });

  test('rejected with a comment it is planned anew; retry is a new run, rerun the same one', async () => {
    const runId = await start(up, clearIntent('Third room'));
    const first = await untilAsked(up, runId, 'approval');
    expect(await up.cli('reject', first.id, '--comment', 'Without the painting')).toMatchObject({ exitCode: 0 });
    let second: RequestView = first;
    while (second.id === first.id) second = await untilAsked(up, runId, 'approval');
    expect(await up.cli('approve', second.id, '--yes')).toMatchObject({ exitCode: 0 });
    expect(await up.cli('run', runId, '--watch')).toMatchObject({ exitCode: 0 });
    const retried = await up.cli('retry', runId);
    expect(retried.stdout).not.toBe(runId);
    await untilAsked(up, retried.stdout, 'approval');
    expect(await up.cli('stop', retried.stdout)).toMatchObject({ exitCode: 0 });
    const rerun = await up.json<RunDetail>('rerun', runId, '--from', '2');
    expect(rerun.id).toBe(runId);
    const asked = await untilAsked(up, runId, 'approval');
    expect(await up.cli('approve', asked.id)).toMatchObject({ exitCode: 0 });
    // A run that was run again is over when its last end has come, not its first.
    const watched = await up.cli('run', runId, '--watch');
    expect(watched).toMatchObject({ exitCode: 0 });
    expect(watched.stdout.match(/^ +completed/gm)).toHaveLength(2);
  });

  test('a budget that is too small asks, and can be raised', async () => {
    const runId = await start(up, clearIntent('Small room'), '--max-steps', '2');
    const request = await untilAsked(up, runId, 'budget');
    const refused = await up.cli('budget', runId, '--max-steps', 'lots');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain("option '--max-steps <n>' argument 'lots'");
    expect(await up.cli('answer', request.id, 'action=raise', 'amount=100')).toMatchObject({ exitCode: 0 });
    await untilAsked(up, runId, 'approval');
    expect(await up.cli('cancel', runId)).toMatchObject({ exitCode: 0 });
  });

  test('a failed run is watched to exit code 10 and shows the step that failed', async () => {
    const runId = await start(up, clearIntent('Tight room'), '--max-steps', '2', '--on-exhausted', 'abort');
    const watched = await up.cli('run', runId, '--watch');
    expect(watched.exitCode).toBe(10);
    expect(watched.stderr).toContain('budget_exceeded');
    const shown = await up.cli('run', runId);
    expect(shown.stdout).toContain('budget_exceeded');
  });

  test('the prompt may come from standard input', async () => {
    const args = ['start', 'project_planning', '--prompt-file', '-', '--name', 'Piped'];
    const piped = await steward(args, { env: up.env, input: clearIntent('Piped room') });
    expect(piped.exitCode).toBe(0);
    const run = await up.json<RunDetail>('run', piped.stdout);
    expect(run).toMatchObject({ name: 'Piped', input: { userPrompt: expect.stringContaining('Piped room') } });
    await up.cli('cancel', piped.stdout);
  });
});
