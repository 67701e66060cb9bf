import { z } from 'zod';
import { dataOf, pageOf } from '../../../schemas/views/common.ts';
import { id, paging } from '../../http/inputs.ts';
import { noContent, ok, page } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { asMessage } from '../runs/as-message.ts';
import { startAnswers, startReply } from '../runs/runs.ts';
import { changesBody, changesShown, newBody, newShown, scheduleView } from './shapes.ts';

const named = { tag: 'Schedules', access: ['runs'], params: z.object({ id }) } as const;
const nothing = { body: z.strictObject({}), bodyOptional: true } as const;
const shown = { 200: { description: 'The schedule.', schema: dataOf(scheduleView) } };

const lists = [
  defineRoute({
    method: 'post',
    path: '/api/schedules',
    tag: 'Schedules',
    operation: 'createSchedule',
    summary: 'Start a run again and again, by the clock on the wall',
    access: ['runs'],
    body: newBody,
    bodyShown: newShown,
    answers: { 201: { description: 'The schedule.', schema: dataOf(scheduleView) } },
    handle: async ({ api, body }) => {
      const made = await api.createSchedule(body);
      return ok(made, { status: 201, headers: { Location: `/api/schedules/${made.id}` } });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/schedules',
    tag: 'Schedules',
    operation: 'listSchedules',
    summary: 'Schedules, newest first',
    access: ['runs'],
    query: z.strictObject(paging),
    answers: { 200: { description: 'A page of schedules.', schema: pageOf(scheduleView) } },
    handle: async ({ api, query }) => page(await api.listSchedules(query)),
  }),
];

const single = [
  defineRoute({
    ...named,
    method: 'get',
    path: '/api/schedules/:id',
    operation: 'getSchedule',
    summary: 'A schedule: when it is due next, and what became of the last time',
    answers: shown,
    handle: async ({ api, params }) => ok(await api.getSchedule(params)),
  }),
  defineRoute({
    ...named,
    method: 'patch',
    path: '/api/schedules/:id',
    operation: 'changeSchedule',
    summary: 'Change a schedule; what is left out stays',
    body: changesBody,
    bodyShown: changesShown,
    answers: shown,
    handle: async ({ api, params, body }) => ok(await api.changeSchedule({ ...params, changes: body })),
  }),
  defineRoute({
    ...named,
    method: 'delete',
    path: '/api/schedules/:id',
    operation: 'deleteSchedule',
    summary: 'End a schedule for good; its runs stay',
    answers: { 204: { description: 'It is gone.' } },
    handle: async ({ api, params }) => {
      await api.deleteSchedule(params);
      return noContent;
    },
  }),
];

const control = [
  defineRoute({
    ...named,
    ...nothing,
    method: 'post',
    path: '/api/schedules/:id/pause',
    operation: 'pauseSchedule',
    summary: 'Let it start nothing until it is resumed',
    answers: shown,
    handle: async ({ api, params }) => ok(await api.pauseSchedule(params)),
  }),
  defineRoute({
    ...named,
    ...nothing,
    method: 'post',
    path: '/api/schedules/:id/resume',
    operation: 'resumeSchedule',
    summary: 'Go on with the next time from now',
    answers: shown,
    handle: async ({ api, params }) => ok(await api.resumeSchedule(params)),
  }),
  defineRoute({
    ...named,
    ...nothing,
    method: 'post',
    path: '/api/schedules/:id/trigger',
    operation: 'triggerSchedule',
    summary: 'Start a run of the schedule now, beside its times',
    answers: startAnswers,
    handle: async ({ api, params, messageId }) =>
      startReply(await api.triggerSchedule({ ...params, ...asMessage(messageId) })),
  }),
];

export const scheduleRoutes = [...lists, ...single, ...control];
