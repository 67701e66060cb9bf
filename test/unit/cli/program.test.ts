import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-codes.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { reportError } from '../../../src/cli/report.ts';
import { Cancelled, UsageError } from '../../../src/cli/usage-error.ts';
import { StewardError, errorCodes, invalidInput } from '../../../src/contract/errors.ts';

function leaves(command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] {
  const here = [...path, command.name()];
  if (command.commands.length === 0) return [[here.join(' '), command]];
  return command.commands.flatMap((child) => leaves(child, here));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

async function parse(...words: string[]): Promise<unknown> {
  const program = createProgram('1.2.3', { json: true });
  return await program.parseAsync(words, { from: 'user' }).then(
    () => null,
    (error: unknown) => error,
  );
}

const someId = '01a1fdbc-0522-761d-9caf-d1bebf73e2ee';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('every command', () => {
  const program = createProgram('1.2.3', { json: false });

  test.each(leaves(program))(
    '%s has a description and an example that begins with the command itself',
    (path, command) => {
      const help = helpOf(command);
      expect(command.description()).not.toBe('');
      const [, example = ''] = /\nExample:\n {2}(.*)\n/.exec(`${help}\n`) ?? [];
      expect(example).toContain(path);
    },
  );

  test('stands in one of the groups of the help, but for the help itself', () => {
    const help = helpOf(program);
    expect(help).toContain('Exit codes: 0 done');
    expect(/\nCommands:\n(( {2}.*\n)+)/.exec(help)?.[1]?.trim().split('\n')).toHaveLength(1);
  });
});

describe('wrong words', () => {
  test.each([
    [['runs', '--limit', 'x'], "'--limit <n>' argument 'x'"],
    [['runs', '--limit', '0'], "'--limit <n>' argument '0'"],
    [['runs', '--status', 'done'], "'--status <status>' argument 'done'"],
    [['start', 'x', '--priority', 'abc'], "'--priority <n>' argument 'abc'"],
    [['start', 'x', '--priority', '11'], "'--priority <n>' argument '11'"],
    [['start', 'x', '--max-cost', '-1'], "'--max-cost <usd>' argument '-1'"],
    [['start', 'x', '--max-cost', ''], "'--max-cost <usd>' argument ''"],
    [['start', 'x', '--max-steps', '1.5'], "'--max-steps <n>' argument '1.5'"],
    [['start', 'x', '--start-at', 'tomorrow'], "'--start-at <time>' argument 'tomorrow'"],
    [['start', 'x', '--start-at', '2026-12-01'], "'--start-at <time>' argument '2026-12-01'"],
    [['usage', '--by', 'moon'], "'--by <group>' argument 'moon'"],
    [['usage', '--from', '2026-13-01'], "'--from <time>' argument '2026-13-01'"],
    [['rerun', someId, '--from', '0'], "'--from <step>' argument '0'"],
    [['budget', someId, '--max-tokens', 'many'], "'--max-tokens <n>' argument 'many'"],
    [['tokens', 'create', 'x', '--scope', 'root'], "'--scope <scopes...>' argument 'root'"],
    [['run', 'nonsense'], "value 'nonsense' is invalid for argument 'run'"],
    [['tasks', 'show', '../../etc'], "value '../../etc' is invalid for argument 'id'"],
    [['run'], "missing required argument 'run'"],
    [['run', someId, 'more'], 'too many arguments'],
    [['--nope'], "unknown option '--nope'"],
    [['offline-model', '--port', '99999'], "'--port <port>' argument '99999'"],
  ])('%j are refused by name, with exit code 2', async (words, named) => {
    const error = await parse(...words);
    expect(error).toBeInstanceOf(CommanderError);
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(reportError(error, { json: true })).toBe(2);
    const told: unknown = JSON.parse(String(written.mock.calls[0]?.[0]));
    expect(told).toMatchObject({ error: { code: 'usage', exitCode: 2, message: expect.stringContaining(named) } });
  });
});

describe('the report of an error', () => {
  function report(error: unknown, json: boolean): { readonly code: number; readonly text: string } {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    written.mockClear();
    const code = reportError(error, { json });
    return { code, text: written.mock.calls.map(([part]) => String(part)).join('') };
  }

  test('names every wrong field once', () => {
    const error = invalidInput([
      { path: 'input.userPrompt', message: 'say what you want' },
      { path: 'budget.maxSteps', message: 'expected a whole number' },
    ]);
    expect(report(error, false)).toEqual({
      code: 4,
      text: 'invalid_input: input.userPrompt: say what you want\n  budget.maxSteps: expected a whole number\n',
    });
  });

  test('is with --json one object with code, message, details and exit code', () => {
    const error = new StewardError('stale_digest', 'It changed.', { details: { digest: 'abc' } });
    const { code, text } = report(error, true);
    expect(code).toBe(4);
    expect(JSON.parse(text)).toEqual({
      error: { code: 'stale_digest', message: 'It changed.', exitCode: 4, digest: 'abc' },
    });
  });

  test('tells a wrong use, a leave and a fault of ours apart', () => {
    expect(report(new UsageError('--only: …'), false)).toEqual({ code: 2, text: 'error: --only: …\n' });
    expect(report(new Cancelled(), false)).toEqual({ code: 130, text: 'Nothing was sent.\n' });
    expect(report(new Error('boom'), false).code).toBe(1);
  });

  test.each(errorCodes)('gives %s an exit code of its table', (code) => {
    expect([1, 3, 4, 5, 6]).toContain(exitCodeOf(code));
  });
});
