import { z } from 'zod';
import { isDate } from '../contract/is-date.ts';
import { priorities } from '../contract/operations/base.ts';

/** Fields that the answers of several workflow types' models have in common. */
export const priority = z.enum(priorities);
export const localDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD')
  .refine(isDate, 'is no date of the calendar');
export const taskTitle = z.string().trim().min(1).max(300);
/** Of a project or a phase. */
export const recordName = z.string().trim().min(1).max(200);
/** Work in minutes. */
export const workMinutes = z.int().min(5).max(100_000);

/** Between two tasks, by their keys in the same answer. */
export const dependency = z.object({
  task: z.string(),
  dependsOn: z.string(),
  kind: z.enum(['hard', 'soft']),
  reason: z.string(),
});

export const plannedPhase = z.object({
  key: z.string().min(1).max(40),
  name: recordName,
  goal: z.string(),
  description: z.string(),
});

/** What the model would ask the person. */
export const modelQuestion = z.object({
  key: z.string().min(1).max(60),
  question: z.string().min(1),
  why: z.string(),
  kind: z.enum(['text', 'date', 'number', 'choice', 'boolean']),
  options: z.array(z.string()),
  default: z.string().nullable(),
});
