import { StewardError, readErrorCode } from '../../contract/errors.ts';
import type { ErrorCode, ErrorDetails } from '../../contract/errors.ts';

// The document's own members; all others are details.
const own = new Set(['type', 'title', 'status', 'detail', 'code', 'instance']);

function isRecord(value: unknown): value is ErrorDetails {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not_found';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal';
}

/** The error that an answer tells of, with the server's code and details; something else's answer is read by its status. */
export async function toError(response: Response): Promise<StewardError> {
  const text = await response.text().catch(() => '');
  let problem: unknown = null;
  try {
    problem = JSON.parse(text);
  } catch {
    // Not ours: a proxy's page, say.
  }
  if (!isRecord(problem) || typeof problem['code'] !== 'string') {
    return new StewardError(codeOfStatus(response.status), `The server answered ${response.status} ${response.statusText}.`);
  }
  const details = Object.fromEntries(Object.entries(problem).filter(([key]) => !own.has(key)));
  const { detail } = problem;
  return new StewardError(readErrorCode(problem['code']), typeof detail === 'string' ? detail : response.statusText, { details });
}
