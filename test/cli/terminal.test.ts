import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProposalView, RunDetail } from '../../src/contract/views.ts';
import { clearIntent, start, untilAsked, untilStatus } from './support/journey.ts';
import { keys, openPty, openShell } from './support/pty.ts';
import { bin, newDataDir, removeDataDir, startUp } from './support/up.ts';
import type { Up } from './support/up.ts';

let up: Up;

beforeAll(async () => {
  up = await startUp(await newDataDir());
});

afterAll(async () => {
  await up.stop();
  await removeDataDir(up.dataDir);
});

// `script` makes the terminals; other systems' versions of it take other flags.
describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  test('a start without a prompt asks for it; the watch asks the questions and the decision in place', async () => {
    const terminal = openPty(up, 'start', 'project_planning', '--watch');
    await terminal.untilAsked('What do you want');
    terminal.type(`Plan my move to Berlin${keys.enter}`);
    await terminal.untilAsked('By when must it be done?');
    terminal.type(`soon${keys.enter}`);
    await terminal.until('expected a date as YYYY-MM-DD');
    terminal.type(`\u0015${keys.enter}`);
    await terminal.untilAsked('What shall be there');
    terminal.type(`boxes packed (3 hours), keys handed over${keys.enter}`);
    await terminal.untilAsked('How many hours a week');
    terminal.type(keys.enter);
    await terminal.until('● Approve all of it');
    terminal.type(keys.enter);
    const { exitCode, screen } = await terminal.exited;
    expect(screen).toContain('— summarize');
    expect(exitCode).toBe(0);
    const { data } = await up.json<{ data: readonly RunDetail[] }>('runs', '--limit', '1');
    const run = await up.json<RunDetail>('run', data[0]?.id ?? '');
    expect(run).toMatchObject({ status: 'completed', input: { userPrompt: 'Plan my move to Berlin' } });
    const [question] = run.requests;
    expect(question?.answer).toMatchObject({ outcome: 'boxes packed (3 hours), keys handed over' });
  });

  test('Ctrl-C in a question sends nothing, and the question is still open', async () => {
    const runId = await start(up, 'Plan my second move to Berlin');
    const request = await untilAsked(up, runId, 'clarification');
    const terminal = openPty(up, 'answer', runId);
    await terminal.untilAsked('By when must it be done?');
    terminal.type(keys.enter);
    await terminal.untilAsked('What shall be there');
    terminal.type(`half a thought${keys.interrupt}`);
    const { exitCode, screen } = await terminal.exited;
    expect(exitCode).toBe(130);
    expect(screen).toContain('Nothing was sent.');
    expect(await untilAsked(up, runId, 'clarification')).toEqual(request);
    await up.cli('cancel', runId);
  });

  test('a question that is answered elsewhere is taken back, and the watching goes on', async () => {
    const runId = await start(up, 'Plan my third move to Berlin');
    const terminal = openPty(up, 'run', runId, '--watch');
    await terminal.untilAsked('By when must it be done?');
    expect(await up.cli('answer', runId, 'outcome=boxes packed')).toMatchObject({ exitCode: 0 });
    await terminal.until('Decide later');
    terminal.type(keys.interrupt);
    const { exitCode, screen } = await terminal.exited;
    expect(exitCode).toBe(130);
    expect(screen).toContain('It goes on without you');
    await up.cli('cancel', runId);
  });

  test('an approval shows the proposal and asks; a no sends nothing, a yes does, --yes does not ask', async () => {
    const runId = await start(up, clearIntent('Asked room'));
    const request = await untilAsked(up, runId, 'approval');
    const { operations } = await up.json<ProposalView>('proposal', request.proposalId ?? '');
    const refusing = openPty(up, 'approve', runId);
    await refusing.until(operations[0]?.title ?? 'an operation');
    await refusing.until(`Approve ${operations.length} of ${operations.length} operations?`);
    refusing.type('n');
    expect(await refusing.exited).toMatchObject({ exitCode: 130 });
    expect(await untilAsked(up, runId, 'approval')).toEqual(request);
    const approving = openPty(up, 'approve', runId, '--yes');
    expect(await approving.exited).toMatchObject({ exitCode: 0 });
    await untilStatus(up, runId, 'completed');
  });

  test('a table fits the width of the terminal, and no line of it is longer', async () => {
    const { screen, exitCode } = await openPty(up, 'runs').exited;
    expect(exitCode).toBe(0);
    const lines = screen.split('\n').map((line) => line.trimEnd());
    expect(lines[0]).toMatch(/^run +status/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('bash completes commands, the values of flags, and the ids that it asks the gateway for', async () => {
    const runId = await start(up, 'Plan my fourth move to Berlin');
    const folder = join(up.dataDir, 'bin');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'steward'), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`, { mode: 0o755 });
    const shell = openShell(up, `env PATH="${folder}:$PATH" PS1='ready> ' bash --norc --noprofile -i`);
    await shell.until('ready> ');
    shell.type(`source <(steward complete bash)${keys.enter}`);
    await shell.until('ready> ');
    shell.type('steward resu\t');
    await shell.until('steward resume');
    shell.type('\u0015steward runs --status canc\t');
    await shell.until('--status cancelled');
    shell.type(`\u0015steward cancel ${runId.slice(0, -4)}\t${keys.enter}`);
    await shell.until('Cancelling.');
    await untilStatus(up, runId, 'cancelled');
    shell.type(`exit${keys.enter}`);
    expect(await shell.exited).toMatchObject({ exitCode: 0 });
  });

  test('with --json nothing is asked, and what is missing is an error in JSON', async () => {
    const terminal = openPty(up, '--json', 'start', 'project_planning');
    const { exitCode, screen } = await terminal.exited;
    expect(exitCode).toBe(4);
    expect(JSON.parse(screen)).toMatchObject({ error: { code: 'invalid_input', exitCode: 4 } });
  });
});
