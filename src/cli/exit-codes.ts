import type { ErrorCode } from '../contract/errors.ts';
import type { RunStatus } from '../contract/run.ts';

/** What scripts can trust: the meaning of each exit code. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  notAllowed: 5,
  unavailable: 6,
  runFailed: 10,
  runCancelled: 11,
  interrupted: 130,
} as const;

/** The table that every `--help` of the program ends with. */
export const exitCodeHelp = `
Exit codes: 0 done · 1 failed · 2 wrong usage · 3 not found · 4 refused · 5 not allowed · 6 unavailable
            10 the watched run failed · 11 it was cancelled · 130 you interrupted`;

/** The exit code of an error's code. */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'not_found':
    case 'unknown_workflow_type':
      return exitCodes.notFound;
    case 'unauthorized':
    case 'forbidden':
      return exitCodes.notAllowed;
    case 'unavailable':
    case 'rate_limited':
      return exitCodes.unavailable;
    case 'internal':
      return exitCodes.failed;
    default:
      return exitCodes.refused;
  }
}

/** The exit code of a watched run's end. */
export function exitCodeOfRun(status: RunStatus): number {
  if (status === 'failed') return exitCodes.runFailed;
  return status === 'cancelled' ? exitCodes.runCancelled : exitCodes.ok;
}
