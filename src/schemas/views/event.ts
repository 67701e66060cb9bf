import { z } from 'zod';
import type { EventView } from '../../contract/views.ts';
import { jsonObject, timestamp } from './common.ts';

/** A position in the stream of all runs: transaction and number of an event. */
export const eventCursor = /^(\d{1,19})\.(\d{1,18})$/;

export const eventView = z
  .object({
    seq: z.int().meta({ description: 'Per run, without gaps, from 1.' }),
    runId: z.string(),
    type: z.string(),
    data: jsonObject,
    at: timestamp,
    cursor: z.string().meta({ description: 'Position in the stream of all runs.' }),
  })
  .meta({ id: 'Event' }) satisfies z.ZodType<EventView>;
