import type { StewardFault } from './fault.ts';
import type { OpenRequest, RunState } from '../state/run-state.ts';
import { openRequests } from '../state/run-state.ts';

/** The open request a message is for: named, or the only one of its kind. */
export function targetRequest(
  state: RunState,
  wanted: { readonly requestId: string | undefined; readonly approvals: boolean },
): OpenRequest | StewardFault {
  const candidates = openRequests(state).filter((request) => (request.kind === 'approval') === wanted.approvals);
  const what = wanted.approvals ? 'approval' : 'question';
  if (wanted.requestId !== undefined) {
    const named = candidates.find((request) => request.requestId === wanted.requestId);
    if (named !== undefined) return named;
    const details = { open: candidates.map((request) => request.requestId) };
    return { code: 'no_open_request', message: `No open ${what} has the id ${wanted.requestId}.`, details };
  }
  const [first, second] = candidates;
  if (first === undefined)
    return { code: 'no_open_request', message: `This run waits for no ${what} now.`, details: {} };
  if (second === undefined) return first;
  const details = { open: candidates.map((request) => request.requestId) };
  return { code: 'ambiguous_request', message: `${candidates.length} are open: name one by requestId.`, details };
}
