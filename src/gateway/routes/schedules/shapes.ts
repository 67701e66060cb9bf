import { z } from 'zod';
import type { NewSchedule, ScheduleChanges, ScheduleView } from '../../../api/schedules-api.ts';
import { catchUps, overlaps, scheduleStatuses } from '../../../contract/recurrence.ts';
import { checkShape, unknownField } from '../../../schemas/check-shape.ts';
import { runAttempts, startFields } from '../../../schemas/start-fields.ts';
import { jsonObject, optionalTimestamp, timestamp } from '../../../schemas/views/common.ts';

export const scheduleView = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    input: jsonObject,
    options: jsonObject,
    budget: jsonObject,
    priority: z.int(),
    maxAttempts: z.int(),
    cron: z.string(),
    timeZone: z.string(),
    from: optionalTimestamp,
    until: optionalTimestamp,
    overlap: z.enum(overlaps),
    catchUp: z.enum(catchUps),
    status: z.enum(scheduleStatuses),
    nextAt: optionalTimestamp.meta({ description: 'Null while it is paused or finished.' }),
    lastRunAt: optionalTimestamp.meta({ description: 'The instant that the last run was for.' }),
    lastRunId: z.string().nullable(),
    lastSkippedAt: optionalTimestamp.meta({ description: 'The last instant that passed without a run.' }),
    lastError: z.string().nullable().meta({ description: 'Why the last instant started no run.' }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Schedule' }) satisfies z.ZodType<ScheduleView>;

const instant = z.iso.datetime({ offset: true }).nullable().exactOptional();

const fields = {
  name: startFields.name,
  input: z.record(z.string(), z.json(), 'expected an object, as the workflow type describes it'),
  options: jsonObject.exactOptional(),
  budget: startFields.budget,
  priority: startFields.priority,
  maxAttempts: runAttempts.exactOptional(),
  cron: z.string('expected a cron pattern of five fields, such as "30 7 * * MON-FRI"').meta({
    description: 'Minute, hour, day of the month, month, day of the week.',
    example: '30 7 * * MON-FRI',
  }),
  timeZone: z.string().exactOptional().meta({ description: 'IANA name; your own when left out.' }),
  from: instant.meta({ description: 'Nothing starts before.' }),
  until: instant.meta({ description: 'Nothing starts after.' }),
  overlap: z
    .enum(overlaps)
    .exactOptional()
    .meta({ description: 'While the previous run goes on: skip (when left out), or start another.' }),
  catchUp: z
    .enum(catchUps)
    .exactOptional()
    .meta({ description: 'After a time when nothing ran: one run for the latest missed instant, or skip them all.' }),
};

export const newShown = z
  .strictObject({
    type: z.string('name a workflow type').min(1, 'name a workflow type'),
    ...fields,
    paused: z.boolean().exactOptional(),
  })
  .meta({ id: 'NewSchedule' });

const { input, cron, ...optional } = fields;
export const changesShown = z
  .strictObject({ ...optional, input: input.exactOptional(), cron: cron.exactOptional() })
  .meta({ id: 'ScheduleChanges' });

const head = z.looseObject(newShown.pick({ type: true, input: true, cron: true }).shape);
const names = Object.keys(changesShown.shape);

/**
 * As for a start, only what the service can't do without is checked here: it checks the whole by the type's own schemas,
 * so that one answer names every wrong field. The casts rest on that check.
 */
export const newBody = z.unknown().transform((value, context): NewSchedule => {
  const found = head.safeParse(value);
  if (found.success) return found.data;
  const all = checkShape(newShown, value);
  const problems = all.ok ? [] : all.problems;
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path: path.split('.'), message });
  return z.NEVER;
});

export const changesBody = z
  .looseObject({})
  .refine((changes) => Object.keys(changes).length > 0, 'give at least one field to change')
  .transform((changes, context): ScheduleChanges => {
    const unknown = Object.keys(changes).filter((name) => !names.includes(name));
    for (const name of unknown) {
      const message = name === 'type' ? 'stays as it is: make another schedule' : unknownField(name, names);
      context.addIssue({ code: 'custom', path: [name], message });
    }
    return changes;
  });
