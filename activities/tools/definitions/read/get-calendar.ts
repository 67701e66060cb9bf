import { z } from 'zod';
import { listInstances } from '../../../../src/calendar/local/instances.ts';
import { defineTool } from '../../tool.ts';

const maxInstances = 200;
const maxDays = 92;
const dayMs = 86_400_000;

const parameters = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(({ from, to }) => Date.parse(to) > Date.parse(from), { path: ['to'], message: 'must be after from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= maxDays * dayMs, {
    path: ['to'],
    message: `must be within ${String(maxDays)} days of from`,
  });

export const getCalendar = defineTool({
  name: 'get_calendar',
  description: 'Lists the events of the calendar between two instants (ISO 8601), recurring ones expanded.',
  access: 'read',
  policy: 'auto',
  reads: 'calendar',
  parameters,
  run: async ({ tx, userId }, { from, to }) => {
    const { instances } = await listInstances(tx, { userId, fromMs: Date.parse(from), toMs: Date.parse(to) });
    return instances.slice(0, maxInstances).map(({ title, start, end, allDay }) => ({ title, start, end, allDay }));
  },
});
