import { z } from 'zod';
import { freeWindows } from '../../../../src/calendar/working-hours.ts';
import { hoursOf } from '../../../support/draft-tools.ts';
import { readBusy } from '../../../support/facts/calendar.ts';
import { readPerson } from '../../../support/facts/person.ts';
import { defineTool } from '../../tool.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const mostWindows = 200;

export const freeTime = defineTool({
  name: 'free_time',
  description: "The person's free working time: their working hours less what is on the calendar, day after day.",
  access: 'read',
  policy: 'auto',
  reads: 'calendar',
  parameters: z.strictObject({
    from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Now when left out.' }),
    days: z.int().min(1).max(60).default(7),
    leastMinutes: z.int().min(5).max(480).default(30).meta({ description: 'Shorter windows are left out.' }),
  }),
  run: async ({ tx, userId, now }, { from, days, leastMinutes }) => {
    const fromMs = from === undefined ? now.getTime() : Date.parse(from);
    const window = { fromMs, toMs: fromMs + days * dayMs };
    const { timeZone, workingHours } = await readPerson(tx, userId);
    const busy = await readBusy(tx, { userId, ...window });
    const { free } = freeWindows({ ...window, timeZone, workingHours: hoursOf(workingHours), busy, alignMinutes: 5 });
    const long = free
      .map(({ startMs, endMs }) => ({
        start: new Date(startMs).toISOString(),
        end: new Date(endMs).toISOString(),
        minutes: Math.floor((endMs - startMs) / minuteMs),
      }))
      .filter(({ minutes }) => minutes >= leastMinutes);
    const total = long.reduce((sum, { minutes }) => sum + minutes, 0);
    return { timeZone, totalMinutes: total, windows: long.slice(0, mostWindows) };
  },
});
