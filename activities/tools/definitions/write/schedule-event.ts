import { z } from 'zod';
import { createEvent } from '../../../../src/calendar/local/events.ts';
import { derivedId } from '../../../support/digest.ts';
import { readPerson } from '../../../support/facts/person.ts';
import { defineTool } from '../../tool.ts';

export const scheduleEvent = defineTool({
  name: 'schedule_event',
  description: 'Puts an event on the calendar between two instants (ISO 8601).',
  access: 'write',
  policy: 'confirm',
  reads: 'nothing',
  parameters: z
    .strictObject({
      title: z.string().trim().min(1).max(300),
      start: z.iso.datetime({ offset: true }),
      end: z.iso.datetime({ offset: true }),
      description: z.string().max(5_000).optional(),
      taskId: z.uuid().optional(),
    })
    .refine(({ start, end }) => Date.parse(end) > Date.parse(start), { path: ['end'], message: 'must be after start' }),
  run: async ({ tx, userId, runId, key }, { title, start, end, description, taskId }) => {
    const { timeZone } = await readPerson(tx, userId);
    const eventId = derivedId(`event:${key}`);
    const { uid } = await createEvent(tx, {
      userId,
      eventId,
      title,
      start,
      end,
      timeZone,
      description: description ?? null,
      taskId: taskId ?? null,
      runId,
    });
    return { uid, start, end };
  },
});
