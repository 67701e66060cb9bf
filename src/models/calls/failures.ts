import { StewardError } from '../../contract/errors.ts';
import type { ErrorCode, ErrorDetails } from '../../contract/errors.ts';
import type { FaultKind } from '../client/faults.ts';
import { problemsAsText } from './call.ts';
import type { Call } from './call.ts';

const transient: readonly FaultKind[] = ['server', 'connection', 'timeout', 'cut', 'bad_response'];

// Of several faults the one that another try cures soonest decides.
const ranks: readonly { readonly kinds: readonly FaultKind[]; readonly code: ErrorCode; readonly advice: string }[] = [
  { kinds: transient, code: 'unavailable', advice: '' },
  { kinds: ['rate_limited'], code: 'rate_limited', advice: '' },
  { kinds: ['refused'], code: 'model_refused', advice: '' },
  { kinds: ['too_long'], code: 'invalid_input', advice: ' Shorten the input, or use a profile with a larger model.' },
  { kinds: ['not_allowed'], code: 'model_failed', advice: ' Check OPENAI_API_KEY and the credit of its account.' },
  {
    kinds: ['unknown_model'],
    code: 'model_failed',
    advice: ' Name a model that the endpoint has in STEWARD_MODEL or STEWARD_MODELS.',
  },
];

function detailsOf(call: Call): ErrorDetails {
  const waits = call.faults.flatMap((fault) => (fault.retryAfterMs === null ? [] : [fault.retryAfterMs]));
  return { attempts: call.attempts.length, ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }) };
}

/** The error of a call that met faults with every model it could ask. */
export function faultError(call: Call): StewardError {
  const rank = ranks.find(({ kinds }) => call.faults.some(({ fault }) => kinds.includes(fault)));
  const fault = call.faults.findLast((each) => rank === undefined || rank.kinds.includes(each.fault));
  const message = `${call.request.operation}: ${fault?.message ?? 'no model answered'}${rank?.advice ?? ''}`;
  // Only a rate limit says when to come back: after a fault of another model its pause is no reason to wait.
  const details = rank?.code === 'rate_limited' ? detailsOf(call) : { attempts: call.attempts.length };
  return new StewardError(rank?.code ?? 'model_failed', message, { details });
}

/** The error of a call that got no usable answer within its retries. */
export function answerError(call: Call): StewardError {
  const { operation } = call.request;
  const problems = call.lastBad?.problems ?? [];
  const details = { attempts: call.attempts.length, problems };
  if (call.lastBad?.flaw === 'refused') {
    return new StewardError('model_refused', `${operation}: ${problemsAsText(problems)}.`, { details });
  }
  const message = `No model gave a valid answer to ${operation} in ${call.attempts.length} attempts. The last one: ${problemsAsText(problems)}`;
  return new StewardError('model_failed', message, { details });
}

/** The error of a call for which no model is left to ask. `waitMs` is when the first one may be asked again, if any. */
export function nobodyLeft(call: Call, waitMs: number | null): StewardError {
  const { operation, profile } = call.request;
  if (call.faults.length > 0) return faultError(call);
  if (call.lastBad !== null) return answerError(call);
  if (waitMs !== null) {
    const message = `${operation}: all models of the profile ${profile.name} rest after failures; the next try is in ${Math.ceil(waitMs / 1_000)} s.`;
    return new StewardError('unavailable', message, { details: { attempts: 0, retryAfterMs: waitMs } });
  }
  const message = `${operation}: the prompt is too long for every model of the profile ${profile.name}. Shorten the input, or use a profile with a larger model.`;
  return new StewardError('invalid_input', message, { details: { attempts: 0 } });
}
