import { readFile } from 'node:fs/promises';
import tab from '@bomb.sh/tab/commander';
import { CommanderError } from 'commander';
import { StewardError } from '../contract/errors.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { note } from './output.ts';
import { createProgram } from './program.ts';

async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return manifest.version;
}

/** The one place where an error becomes text and an exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (!(error instanceof StewardError)) {
    note(error instanceof Error ? `error: ${error.message}` : `error: ${String(error)}`);
    return exitCodes.failed;
  }
  note(`${error.code}: ${error.message}`);
  for (const problem of error.details.problems ?? []) note(`  ${problem.path}: ${problem.message}`);
  const { known } = error.details;
  if (Array.isArray(known)) note(`  known: ${known.join(', ')}`);
  return exitCodeOf(error.code);
}

const program = createProgram(await readVersion());
tab(program);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
