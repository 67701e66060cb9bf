import { CommanderError } from 'commander';
import { StewardError } from '../contract/errors.ts';
import type { ErrorDetails } from '../contract/errors.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { note } from './text/output.ts';
import { Cancelled, UsageError } from './usage-error.ts';

/** An error as a script sees it. `usage` and `cancelled` happen here; all other codes are the API's. */
type Told = {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly exitCode: number;
};

function tell(error: unknown): Told {
  const details = {};
  if (error instanceof StewardError) {
    return { code: error.code, message: error.message, details: error.details, exitCode: exitCodeOf(error.code) };
  }
  if (error instanceof UsageError) return { code: 'usage', message: error.message, details, exitCode: exitCodes.usage };
  if (error instanceof Cancelled)
    return { code: 'cancelled', message: error.message, details, exitCode: exitCodes.interrupted };
  if (error instanceof CommanderError) {
    const message = error.code === 'commander.help' ? 'say which command; --help lists them' : error.message.trim();
    return { code: 'usage', message: message.replace(/^error: /, ''), details, exitCode: exitCodes.usage };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, details, exitCode: exitCodes.failed };
}

function noteText({ code, message, details }: Told): void {
  note(code === 'cancelled' ? message : `${code === 'usage' ? 'error' : code}: ${message}`);
  for (const problem of details.problems ?? []) {
    const line = `${problem.path}: ${problem.message}`;
    if (line !== message) note(`  ${line}`);
  }
}

/** The one place where an error becomes text, or with `json` one JSON object, on standard error. Returns the exit code. */
export function reportError(error: unknown, { json }: { readonly json: boolean }): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const told = tell(error);
  const { details, ...rest } = told;
  if (json) note(JSON.stringify({ error: { ...rest, ...details } }));
  // Commander has said its own errors already, with a hint where it has one.
  else if (!(error instanceof CommanderError)) noteText(told);
  return told.exitCode;
}
