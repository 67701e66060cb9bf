import type { RunEvent } from '../../../src/contract/events.ts';

export const waiting: RunEvent = {
  type: 'run.status',
  status: 'waiting',
  waitingOn: { kind: 'approval', id: '0199aaaa-0000-7000-8000-000000000001', since: 's', deadline: null },
  reason: null,
};
export const running: RunEvent = { type: 'run.status', status: 'running', waitingOn: null, reason: null };
export const budget = {
  limits: { maxCostUsd: 1, maxTokens: null, maxSteps: 9, onExhausted: 'ask', softRatio: 0.8 },
  spentUsd: 0.25,
  spentTokens: 900,
  unknownUsd: 0,
  steps: 3,
  reservedUsd: 0,
} as const;
export const finished: RunEvent = {
  type: 'run.finished',
  status: 'completed',
  outcome: 'completed',
  result: { summary: 'Done.' },
  errorCode: null,
  errorMessage: null,
  errorDetails: null,
  budget,
};
const question = {
  key: 'when',
  question: 'When?',
  why: 'Dates.',
  kind: 'date',
  options: [],
  default: '2026-05-01',
} as const;

/** A clarification with one question that has a default. */
export function asked(requestId: string): RunEvent {
  const times = {
    deadline: '2026-03-09T08:00:00.000Z',
    remindAt: '2026-03-03T08:00:00.000Z',
    onDeadline: 'default',
  } as const;
  return {
    type: 'request.opened',
    request: {
      requestId,
      kind: 'clarification',
      title: 'One question',
      body: null,
      questions: [question],
      proposalId: null,
      digest: null,
      ...times,
    },
  };
}
