import { z } from 'zod';

const clock = z
  .string()
  .regex(
    /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u,
    'use 24-hour time such as 09:00; 24:00 is midnight at the end of the day',
  );

const span = z
  .object({ from: clock, to: clock })
  .strict()
  .refine((value) => value.from < value.to, {
    error: 'must end after it starts; work past midnight is two spans on two days',
  });

const spans = z
  .array(span)
  .max(12)
  .refine((list) => list.every((value, index) => index === 0 || (list[index - 1]?.to ?? '') <= value.from), {
    error: 'must be in order and must not overlap',
  })
  .optional();

/** When a person works, by local weekday and local time. A day that is left out is free of work. */
export const workingHoursSchema = z
  .object({
    monday: spans,
    tuesday: spans,
    wednesday: spans,
    thursday: spans,
    friday: spans,
    saturday: spans,
    sunday: spans,
  })
  .strict()
  .meta({ description: 'Working hours by weekday, for example {"monday": [{"from": "09:00", "to": "17:00"}]}.' });

export type WorkingHours = z.infer<typeof workingHoursSchema>;

const officeDay = [
  { from: '09:00', to: '12:30' },
  { from: '13:30', to: '17:00' },
];

/** Monday to Friday with a lunch break. */
export const defaultWorkingHours: WorkingHours = {
  monday: officeDay,
  tuesday: officeDay,
  wednesday: officeDay,
  thursday: officeDay,
  friday: officeDay,
};
