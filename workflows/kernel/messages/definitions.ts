import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BudgetSnapshot } from '../../../src/contract/events.ts';
import type { MessageName, MessageReceipt, RunMessages } from '../../../src/contract/messages.ts';
import type { Question } from '../../../src/contract/request.ts';
import type { RunStatus, WaitingOn } from '../../../src/contract/run.ts';
import type { StepLine } from '../state/run-state.ts';

export const messageNames = [
  'pause',
  'resume',
  'stop',
  'answer',
  'decide',
  'addContext',
  'setBudget',
] as const satisfies readonly MessageName[];

export function signalOf(name: MessageName): ReturnType<typeof defineSignal<[RunMessages[MessageName]]>> {
  return defineSignal<[RunMessages[MessageName]]>(name);
}

export function updateOf(
  name: MessageName,
): ReturnType<typeof defineUpdate<MessageReceipt, [RunMessages[MessageName]]>> {
  return defineUpdate<MessageReceipt, [RunMessages[MessageName]]>(name);
}

export type Progress = {
  readonly runId: string;
  readonly type: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly phase: string | null;
  readonly phases: readonly string[];
  readonly waitingOn: WaitingOn | null;
  readonly steps: number;
  readonly costUsd: number;
};

export type PendingRequest = {
  readonly requestId: string;
  readonly kind: string;
  readonly title: string;
  readonly questions: readonly Question[];
  readonly proposalId: string | null;
  readonly digest: string | null;
  readonly deadline: string | null;
  readonly commands: readonly string[];
};

export type StepsQuery = { readonly after?: number; readonly limit?: number };

export const progressQuery = defineQuery<Progress>('progress');
export const pendingQuery = defineQuery<readonly PendingRequest[]>('pending');
export const budgetQuery = defineQuery<BudgetSnapshot>('budget');
export const stepsQuery = defineQuery<readonly StepLine[], [StepsQuery?]>('steps');
