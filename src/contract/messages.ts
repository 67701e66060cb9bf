import type { BudgetLimits } from './budget.ts';
import type { Json } from './json.ts';

/**
 * Messages to a run. Each travels as a signal (never refused: what does not fit is noted as an event) and as a validated
 * update of the same name (refused at once, with the reason). `messageId` makes a repeated message count once.
 */
export type MessageEnvelope = { readonly messageId?: string; readonly by?: string };

export type PauseMessage = MessageEnvelope & { readonly reason?: string };
export type ResumeMessage = MessageEnvelope;
export type StopMessage = MessageEnvelope & { readonly reason?: string };
/** `requestId` may be left out when exactly one request of the kind is open. */
export type AnswerMessage = MessageEnvelope & { readonly requestId?: string; readonly value: Json };
export type DecideMessage = MessageEnvelope & {
  readonly requestId?: string;
  readonly decision: 'approve' | 'reject';
  /** Ids of the accepted operations; all when left out. */
  readonly operations?: readonly string[];
  /** Instead of `operations`: all but these and what needs them. */
  readonly except?: readonly string[];
  /** Instead of both: a choice that was stored, for it is too long for a message. */
  readonly choiceId?: string;
  readonly comment?: string;
  /** Digest of the proposal that was looked at; a stale one is refused. */
  readonly digest?: string;
};
/** Either the text itself (short, from the `temporal` CLI) or the id of a stored context. */
export type AddContextMessage = MessageEnvelope & { readonly text?: string; readonly contextId?: string };
export type SetBudgetMessage = MessageEnvelope & Partial<BudgetLimits>;

export type RunMessages = {
  readonly pause: PauseMessage;
  readonly resume: ResumeMessage;
  readonly stop: StopMessage;
  readonly answer: AnswerMessage;
  readonly decide: DecideMessage;
  readonly addContext: AddContextMessage;
  readonly setBudget: SetBudgetMessage;
};
export type MessageName = keyof RunMessages;

/** What an update returns: taken now, or taken before under the same message id. */
export type MessageReceipt = { readonly accepted: true; readonly duplicate: boolean };
