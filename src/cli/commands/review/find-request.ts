import type { StewardApi } from '../../../api/steward-api.ts';
import { StewardError } from '../../../contract/errors.ts';
import type { RequestView } from '../../../contract/views.ts';
import { askChoice } from '../../ask/terminal.ts';
import type { Session } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

/** `decided` ones are approved or rejected, `answered` ones take typed values. */
export type Wanted = 'decided' | 'answered';

type Filter = { readonly open?: boolean; readonly runId?: string };

/** All requests that fit, over as many pages as there are. */
export async function allRequests(api: StewardApi, filter: Filter): Promise<readonly RequestView[]> {
  const requests: RequestView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<StewardApi['listRequests']>> = await api.listRequests({
      ...filter,
      limit: 200,
      ...(cursor === '' ? {} : { cursor }),
    });
    requests.push(...page.items);
    cursor = page.nextCursor;
  }
  return requests;
}

function isWanted(request: RequestView, wanted: Wanted): boolean {
  return (request.kind === 'approval') === (wanted === 'decided');
}

async function missing(api: StewardApi, given: string): Promise<StewardError> {
  const closed = (await allRequests(api, {})).find((each) => each.id === given || each.proposalId === given);
  return closed === undefined
    ? new StewardError('not_found', `There is no open request ${given}; "steward requests" lists what waits for you.`)
    : new StewardError('no_open_request', `Request ${closed.id} is not open any more: it was ${closed.status}.`);
}

async function choose({ terminal }: Session, open: readonly RequestView[], wanted: Wanted): Promise<RequestView> {
  const fitting = open.filter((request) => isWanted(request, wanted));
  if (terminal === null) throw new UsageError('missing required argument \'request\' ("steward requests" lists them)');
  const [only] = fitting;
  if (only === undefined) throw new StewardError('no_open_request', 'Nothing of this kind waits for you.');
  if (fitting.length === 1) return only;
  const choices = fitting.map((request) => ({ value: request.id, label: request.title, hint: request.runName }));
  const chosen = await askChoice(terminal, 'Which one?', { choices });
  return fitting.find((request) => request.id === chosen) ?? only;
}

/**
 * The open request that `given` names by its own id, its proposal's or its run's; without it a person chooses. Throws
 * `not_found`, `no_open_request`, `ambiguous_request`, or `UsageError` when nobody can be asked.
 */
export async function findRequest(session: Session, given: string | undefined, wanted: Wanted): Promise<RequestView> {
  const open = await allRequests(session.api, { open: true });
  if (given === undefined) return await choose(session, open, wanted);
  const own = open.find((request) => request.id === given || request.proposalId === given);
  if (own !== undefined) return own;
  const ofRun = open.filter((request) => request.runId === given && isWanted(request, wanted));
  const [first, ...others] = ofRun;
  if (first === undefined) throw await missing(session.api, given);
  if (others.length === 0) return first;
  const known = ofRun.map((request) => request.id);
  throw new StewardError('ambiguous_request', `Run ${given} waits for more than one: ${known.join(', ')}`);
}
