import { z } from 'zod';
import { budgetInput } from '../../../schemas/common-input.ts';
import { dataOf } from '../../../schemas/views/common.ts';
import { messageReceipt, runView } from '../../../schemas/views/run.ts';
import type { MessageReceipt } from '../../../contract/messages.ts';
import type { MessageOptions, RunsApi } from '../../../api/runs-api.ts';
import { dropUndefined, id, reasonText } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { asMessage } from './as-message.ts';
import { startAnswers, startReply } from './runs.ts';

const params = z.object({ runId: id });
const reasoned = z.strictObject({ reason: reasonText.exactOptional() });
const receipt = { 200: { description: 'The run has taken it.', schema: dataOf(messageReceipt) } };

type Reasoned = { readonly runId: string; readonly reason?: string } & MessageOptions;
type ReasonedMessage = {
  readonly word: 'pause' | 'stop' | 'cancel';
  readonly summary: string;
  readonly send: (api: RunsApi, message: Reasoned) => Promise<MessageReceipt>;
};

function reasonedRoute({ word, summary, send }: ReasonedMessage): Route {
  return defineRoute({
    method: 'post',
    path: `/api/runs/:runId/${word}`,
    tag: 'Runs',
    operation: `${word}Run`,
    summary,
    access: ['runs'],
    params,
    body: reasoned,
    bodyOptional: true,
    answers: receipt,
    handle: async ({ api, params: { runId }, body, messageId }) =>
      ok(await send(api, { runId, ...body, ...asMessage(messageId) })),
  });
}

const endings = [
  reasonedRoute({
    word: 'pause',
    summary: 'Hold the run at its next step border',
    send: async (api, message) => await api.pauseRun(message),
  }),
  reasonedRoute({
    word: 'stop',
    summary: 'End the run at its next step border; what it finished stays',
    send: async (api, message) => await api.stopRun(message),
  }),
  reasonedRoute({
    word: 'cancel',
    summary: 'End the run now and take back what must not stay half done',
    send: async (api, message) => await api.cancelRun(message),
  }),
];

const others = [
  defineRoute({
    method: 'post',
    path: '/api/runs/:runId/resume',
    tag: 'Runs',
    operation: 'resumeRun',
    summary: 'Let a paused run go on',
    access: ['runs'],
    params,
    body: z.strictObject({}),
    bodyOptional: true,
    answers: receipt,
    handle: async ({ api, params: { runId }, messageId }) =>
      ok(await api.resumeRun({ runId, ...asMessage(messageId) })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:runId/retry',
    tag: 'Runs',
    operation: 'retryRun',
    summary: 'Start a new run with the same type, input, options and budget',
    access: ['runs'],
    params,
    body: z.strictObject({}),
    bodyOptional: true,
    answers: startAnswers,
    handle: async ({ api, params: { runId }, messageId }) =>
      startReply(await api.retryRun({ runId, ...asMessage(messageId) })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:runId/rerun',
    tag: 'Runs',
    operation: 'rerunFrom',
    summary: 'Run again from a step on; later results are forgotten',
    access: ['runs'],
    params,
    body: z.strictObject({
      fromStep: z.int('expected the number of a step').min(1),
      reason: reasonText.exactOptional(),
    }),
    answers: { 200: { description: 'The run, going on from that step.', schema: dataOf(runView) } },
    handle: async ({ api, params: { runId }, body }) => ok(await api.rerunFrom({ runId, ...body })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:runId/context',
    tag: 'Runs',
    operation: 'addContext',
    summary: 'Tell the run something that later model calls should know',
    access: ['runs'],
    params,
    body: z.strictObject({
      text: z.string('say what the run should know').trim().min(1, 'say what the run should know').max(200_000),
    }),
    answers: receipt,
    handle: async ({ api, params: { runId }, body, messageId }) =>
      ok(await api.addContext({ runId, ...body, ...asMessage(messageId) })),
  }),
  defineRoute({
    method: 'post',
    path: '/api/runs/:runId/budget',
    tag: 'Runs',
    operation: 'setBudget',
    summary: 'Change limits of the budget; a limit that is left out stays, null lifts it',
    access: ['decide'],
    params,
    body: budgetInput.refine((limits) => Object.keys(limits).length > 0, 'give at least one limit to change'),
    answers: receipt,
    handle: async ({ api, params: { runId }, body, messageId }) =>
      ok(await api.setBudget({ runId, ...dropUndefined(body), ...asMessage(messageId) })),
  }),
];

export const controlRoutes: readonly Route[] = [...endings, ...others];
