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

/** The error that a problem document tells of, with its code and details; null when the text is none. */
export function readProblem(text: string): StewardError | null {
  let problem: unknown = null;
  try {
    problem = JSON.parse(text);
  } catch {
    // Not ours: a proxy's page, say.
  }
  if (!isRecord(problem) || typeof problem['code'] !== 'string') return null;
  const details = Object.fromEntries(Object.entries(problem).filter(([key]) => !own.has(key)));
  const { detail } = problem;
  return new StewardError(readErrorCode(problem['code']), typeof detail === 'string' ? detail : problem['code'], {
    details,
  });
}

/** The error that an answer tells of; one without a problem document is read by its status. */
export async function toError(response: Response): Promise<StewardError> {
  const text = await response.text().catch(() => '');
  const { status, statusText } = response;
  return readProblem(text) ?? new StewardError(codeOfStatus(status), `The server answered ${status} ${statusText}.`);
}
