import { setHandler } from '@temporalio/workflow';
import { committedUsd } from '../../../src/contract/budget.ts';
import type { MessageName, MessageReceipt, RunMessages } from '../../../src/contract/messages.ts';
import { runFailure } from '../failures.ts';
import { flush, record, snapshot } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { openRequests } from '../state/run-state.ts';
import { answerCommands } from '../state/visibility.ts';
import {
  budgetQuery,
  messageNames,
  pendingQuery,
  progressQuery,
  signalOf,
  stepsQuery,
  updateOf,
} from './definitions.ts';
import { isFault } from './fault.ts';
import { take } from './take.ts';

// Enough for any person; a run that gets more messages than this under reused ids has other troubles.
const keptMessageIds = 500;

function isRepeated(context: RunContext, message: RunMessages[MessageName]): boolean {
  return message.messageId !== undefined && context.state.seenMessages.includes(message.messageId);
}

function remember(context: RunContext, message: RunMessages[MessageName]): void {
  if (message.messageId === undefined) return;
  context.state.seenMessages = [...context.state.seenMessages, message.messageId].slice(-keptMessageIds);
}

/** A signal is never refused: what does not fit is noted as an event. */
async function onSignal(context: RunContext, name: MessageName, message: RunMessages[MessageName]): Promise<void> {
  if (typeof message === 'object' && message !== null && isRepeated(context, message)) return;
  const first = take(context, name, message);
  const taken = 'look' in first ? await first.look() : first;
  if (isFault(taken)) {
    record(context, { type: 'message.ignored', message: name, reason: taken.message });
  } else {
    remember(context, message);
    taken.act();
  }
  await flush(context);
}

async function onUpdate(
  context: RunContext,
  name: MessageName,
  message: RunMessages[MessageName],
): Promise<MessageReceipt> {
  if (isRepeated(context, message)) return { accepted: true, duplicate: true };
  const first = take(context, name, message);
  const taken = 'look' in first ? await first.look() : first;
  // The validator ran in the same activation, so only another message or a look can have changed the answer.
  if (isFault(taken)) throw runFailure(taken.code, taken.message, taken.details);
  remember(context, message);
  taken.act();
  await flush(context);
  return { accepted: true, duplicate: false };
}

function validate(context: RunContext, name: MessageName, message: RunMessages[MessageName]): void {
  if (typeof message === 'object' && message !== null && isRepeated(context, message)) return;
  const taken = take(context, name, message);
  if (isFault(taken)) throw runFailure(taken.code, taken.message, taken.details);
}

// Sent without any input by `temporal workflow signal --name resume`.
const mayBeEmpty: ReadonlySet<MessageName> = new Set(['pause', 'resume', 'stop']);

function given(name: MessageName, message: RunMessages[MessageName] | undefined): RunMessages[MessageName] {
  // Whatever else is missing is refused or noted by `take`, which trusts no type.
  return message === undefined && mayBeEmpty.has(name) ? {} : (message as RunMessages[MessageName]);
}

/** Listens to everything that may be said to the run, as signals and as updates of the same names. */
export function registerMessages(context: RunContext): void {
  for (const name of messageNames) {
    setHandler(signalOf(name), async (message) => await onSignal(context, name, given(name, message)), {
      description: `Steward: ${name}`,
    });
    setHandler(updateOf(name), async (message) => await onUpdate(context, name, given(name, message)), {
      validator: (message: RunMessages[MessageName]) => validate(context, name, given(name, message)),
      description: `Steward: ${name}, refused with the reason when it does not fit`,
    });
  }
}

/** Answers `progress`, `pending`, `budget` and `steps`. */
export function registerQueries(context: RunContext): void {
  const { state } = context;
  setHandler(progressQuery, () => ({
    runId: state.admitted.run.runId,
    type: state.admitted.run.type,
    name: state.admitted.name,
    status: state.status,
    phase: state.phase,
    phases: state.admitted.phases,
    waitingOn: state.waitingOn,
    steps: state.stepCount,
    costUsd: committedUsd(state.ledger),
  }));
  setHandler(pendingQuery, () =>
    openRequests(state).map((request) => {
      const { requestId, kind, title, questions, proposalId, digest } = request;
      const deadline = request.deadlineMs === null ? null : new Date(request.deadlineMs).toISOString();
      return { requestId, kind, title, questions, proposalId, digest, deadline, commands: answerCommands(request) };
    }),
  );
  setHandler(budgetQuery, () => snapshot(state.ledger));
  setHandler(stepsQuery, (query) => {
    const after = query?.after ?? 0;
    return [...state.lines]
      .filter((line) => line.number > after)
      .sort((a, b) => a.number - b.number)
      .slice(0, query?.limit ?? 100);
  });
}
