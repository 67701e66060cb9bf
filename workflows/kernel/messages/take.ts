import type { BudgetLimits } from '../../../src/contract/budget.ts';
import type {
  AddContextMessage,
  AnswerMessage,
  DecideMessage,
  MessageEnvelope,
  MessageName,
  RunMessages,
  SetBudgetMessage,
} from '../../../src/contract/messages.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import { acceptAll, chooseOperations } from '../../../src/contract/proposal.ts';
import type { Decision } from '../../../src/contract/proposal.ts';
import { checkAnswers } from '../../../src/contract/request.ts';
import { uuid4 } from '@temporalio/workflow';
import { record, snapshot } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import type { Sender } from '../state/run-state.ts';
import { openRequests, shiftDeadlines } from '../state/run-state.ts';
import type { OpenRequest } from '../state/run-state.ts';
import { refreshStatus } from '../state/visibility.ts';
import { resolve } from '../requests/resolve.ts';
import { chooseStored } from './choose-stored.ts';
import { checkFields, invalid } from './check-fields.ts';
import { isFault } from './fault.ts';
import type { StewardFault } from './fault.ts';
import { targetRequest } from './find-request.ts';

/**
 * What a message would do, decided on the state alone: a refusal, or an action that can't fail any more. One function
 * serves the update's validator (which drops the action), the update's handler and the signal.
 */
export type Taken = StewardFault | Act | Look;
export type Act = { readonly act: () => void };
/** It takes a look into the database to know: at what a long proposal holds, which the state does not. */
export type Look = { readonly look: () => Promise<StewardFault | Act> };

type Takers = { readonly [Name in MessageName]: (context: RunContext, message: RunMessages[Name]) => Taken };

function pause(context: RunContext, message: { readonly reason?: string }): Taken {
  const { state } = context;
  if (state.paused !== null) return { act: () => undefined };
  return {
    act: () => {
      state.paused = { sinceMs: Date.now(), reason: message.reason ?? null };
      refreshStatus(context, message.reason ?? null);
    },
  };
}

function resume(context: RunContext): Taken {
  const { state } = context;
  const { paused } = state;
  if (paused === null) return { act: () => undefined };
  return {
    act: () => {
      shiftDeadlines(state, Date.now() - paused.sinceMs);
      state.paused = null;
      refreshStatus(context);
    },
  };
}

function stop(context: RunContext, message: { readonly reason?: string }): Taken {
  return {
    act: () => {
      context.state.stopping = { reason: message.reason ?? null };
      record(context, { type: 'log', level: 'info', text: `Stop asked for: ${message.reason ?? 'no reason given'}.` });
    },
  };
}

function senderOf({ by, messageId }: MessageEnvelope): Sender {
  return { by: by ?? 'person', ...(messageId === undefined ? {} : { messageId }) };
}

function answer(context: RunContext, message: AnswerMessage): Taken {
  if (message.value === undefined) return invalid('value', 'give the answer, by question key');
  const request = targetRequest(context.state, { requestId: message.requestId, approvals: false });
  if (isFault(request)) return request;
  const checked = checkAnswers(request.questions, message.value);
  if (!checked.ok)
    return {
      code: 'invalid_input',
      message: checked.problems.map((one) => `${one.path}: ${one.message}`).join('; '),
      details: { problems: checked.problems },
    };
  return {
    act: () => resolve(context, request, { kind: 'answers', answers: checked.value, ...senderOf(message) }),
  };
}

function decide(context: RunContext, message: DecideMessage): Taken {
  if (message.decision !== 'approve' && message.decision !== 'reject')
    return invalid('decision', 'expected "approve" or "reject"');
  const request = targetRequest(context.state, { requestId: message.requestId, approvals: true });
  if (isFault(request)) return request;
  if (message.digest !== undefined && message.digest !== request.digest) {
    const details = { expected: request.digest, given: message.digest };
    return {
      code: 'stale_digest',
      message: `The proposal changed: its digest is ${request.digest ?? '–'}, not ${message.digest}. Look at it again.`,
      details,
    };
  }
  const act = (accepted: Pick<Decision, 'operations' | 'choice'>, asked: OpenRequest = request): Act => {
    const decision = { kind: message.decision, ...accepted, comment: message.comment ?? null, by: 'person' } as const;
    return { act: () => resolve(context, asked, { kind: 'decision', decision, ...senderOf(message) }) };
  };
  if (message.decision === 'reject') return act({ operations: [] });
  const { operations, except, choiceId } = message;
  const whole = operations === undefined && except === undefined && choiceId === undefined;
  if (whole) return act(acceptAll(request.outlines));
  if ('total' in request.outlines || choiceId !== undefined)
    return { look: async () => await lookAtChoice(context, { message, request, act }) };
  const chosen = chooseOperations(request.outlines, { operations, except });
  return chosen.ok ? act({ operations: chosen.value }) : notChosen(chosen.problems);
}

function notChosen(problems: readonly Problem[]): StewardFault {
  return {
    code: 'invalid_input',
    message: problems.map((one) => one.message).join('; '),
    details: { problems },
  };
}

type Choosing = {
  readonly message: DecideMessage;
  readonly request: OpenRequest;
  readonly act: (accepted: Pick<Decision, 'operations' | 'choice'>, asked: OpenRequest) => Act;
};

async function lookAtChoice(context: RunContext, choosing: Choosing): Promise<StewardFault | Act> {
  const { message, request, act } = choosing;
  const { operations, except, choiceId } = message;
  const given = { operations, except, choiceId };
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const chosen = await chooseStored(context, { proposalId: request.proposalId ?? '', wanted });
  if (isFault(chosen)) return chosen;
  if (!chosen.ok) return notChosen(chosen.problems);
  // Somebody else may have decided meanwhile.
  const still = targetRequest(context.state, { requestId: request.requestId, approvals: true });
  return isFault(still) ? still : act({ operations: [], choice: chosen.choice }, still);
}

function addContext(context: RunContext, message: AddContextMessage): Taken {
  const text = message.text?.trim() ?? '';
  if (text === '' && message.contextId === undefined) return invalid('text', 'say what the run should know');
  return {
    act: () => {
      const contextId = message.contextId ?? uuid4();
      record(context, {
        type: 'context.added',
        contextId,
        text: text === '' ? null : text,
        source: message.by ?? 'person',
      });
    },
  };
}

const limitNames = ['maxCostUsd', 'maxTokens', 'maxSteps'] as const;

function limitProblem(message: SetBudgetMessage): StewardFault | null {
  for (const name of limitNames) {
    const value = message[name];
    if (value === undefined || value === null || (typeof value === 'number' && value >= 0)) continue;
    return invalid(name, 'expected a number of at least 0, or null for no limit');
  }
  const { onExhausted } = message;
  if (onExhausted !== undefined && onExhausted !== 'ask' && onExhausted !== 'abort')
    return invalid('onExhausted', 'expected "ask" or "abort"');
  return null;
}

function setBudget(context: RunContext, message: SetBudgetMessage): Taken {
  const problem = limitProblem(message);
  if (problem !== null) return problem;
  const { state } = context;
  const { maxCostUsd, maxTokens, maxSteps, onExhausted, softRatio } = message;
  const given = { maxCostUsd, maxTokens, maxSteps, onExhausted, softRatio };
  const changed = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<BudgetLimits>;
  return {
    act: () => {
      state.ledger = { ...state.ledger, warned: false, limits: { ...state.ledger.limits, ...changed } };
      record(context, {
        type: 'budget.changed',
        budget: snapshot(state.ledger),
        reason: `Set by ${message.by ?? 'person'}.`,
      });
      const waiting = openRequests(state).find((request) => request.kind === 'budget');
      // The step that waits looks at the new limits and asks again if they don't suffice.
      if (waiting !== undefined) resolve(context, waiting, { kind: 'settled', ...senderOf(message) });
    },
  };
}

const takers: Takers = { pause, resume, stop, answer, decide, addContext, setBudget };

// A message travels on in an activity's payload, which may have 256 KB with everything else in it.
const messageChars = 60_000;

/** Looks at a message against the run's state; nothing changes until the result's `act` is called. */
export function take<Name extends MessageName>(context: RunContext, name: Name, message: RunMessages[Name]): Taken {
  const checked = checkFields(name, message);
  if (isFault(checked)) return checked;
  const size = JSON.stringify(checked.message).length;
  if (size <= messageChars) return takers[name](context, checked.message);
  const text = `${size} characters are too many, at most ${messageChars} fit; the gateway takes longer texts and stores them`;
  return { ...invalid(name, text), code: 'payload_too_large' };
}
