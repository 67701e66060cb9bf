import { StewardError } from '../../../contract/errors.ts';

// What the database says of a refused row, by SQLSTATE (src/db/errors.ts): 23503 no such reference, 23514 check,
// ST001 and ST002 the task rules.
const referenceColumn = /_user_id_(\w+)_fkey/;
const ownerColumn = /_user_id_fkey/;
const checkColumn = /\((?:[a-z]+_)*?([a-z]+)_check\)/;

function fieldOf(state: unknown, message: string): string | null {
  // Of dialects, which name the user: nobody else can be one that is not there.
  if (state === '23503' && ownerColumn.test(message)) return 'userId';
  if (state === '23503') return referenceColumn.exec(message)?.[1] ?? null;
  if (state === '23514') return checkColumn.exec(message)?.[1] ?? null;
  if (state === 'ST002') return 'status';
  if (state === 'ST001') return /subtask/i.test(message) ? 'parent_task_id' : 'dependencies';
  return null;
}

/** An error of the database with the field that it is about, where that can be told. */
export function withField(error: unknown): unknown {
  if (!(error instanceof StewardError) || error.details.problems !== undefined) return error;
  const path = fieldOf(error.details['sqlState'], error.message);
  if (path === null) return error;
  const message =
    error.details['sqlState'] === '23503' ? 'refers to something that does not exist, or is not yours' : error.message;
  return new StewardError(error.code, error.message, {
    details: { ...error.details, problems: [{ path, message }] },
    cause: error,
  });
}
