import { z } from 'zod';
import { invalidInput } from '../../../contract/errors.ts';
import type { Problem } from '../../../contract/errors.ts';
import { catchUps, overlaps } from '../../../contract/recurrence.ts';
import { budgetInput } from '../../../schemas/common-input.ts';
import { checkShape } from '../../../schemas/check-shape.ts';
import { runAttempts, runName, runPriority } from '../../../schemas/start-fields.ts';
import type { WorkflowContract } from '../../../schemas/workflow-contract.ts';
import { timingProblems } from '../../../schedules/timing.ts';
import type { Timing } from '../../../schedules/instants.ts';
import type { NewSchedule } from '../../schedules-api.ts';

/** A schedule with everything said that a start and a timing need. */
export type WholeSchedule = NewSchedule & { readonly timeZone: string };

const instant = z.iso
  .datetime({ offset: true, message: 'expected an ISO 8601 time with zone, such as 2026-03-01T09:00:00Z' })
  .nullable()
  .optional();

function schemaOf(contract: WorkflowContract) {
  return z.strictObject({
    type: z.string(),
    input: contract.input,
    options: contract.options,
    budget: budgetInput.optional(),
    name: runName.optional(),
    priority: runPriority.optional(),
    maxAttempts: runAttempts.optional(),
    cron: z.string('expected a cron pattern of five fields, such as "30 7 * * MON-FRI"').max(200),
    timeZone: z.string().max(100),
    from: instant,
    until: instant,
    overlap: z.enum(overlaps).optional(),
    catchUp: z.enum(catchUps).optional(),
    paused: z.boolean().optional(),
  });
}

function ms(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}

/** When a schedule that was checked is due. */
export function timingIn({ cron, timeZone, from, until }: WholeSchedule): Timing {
  return { cron, timeZone, fromMs: ms(from), untilMs: ms(until) };
}

/**
 * Checks a schedule against its type's contract and its timing, all fields at once. `timing` is false where the timing
 * stays as it was: one that has run out may still be renamed. Throws `invalid_input`.
 */
export function checkSchedule(
  contract: WorkflowContract,
  schedule: WholeSchedule,
  { now, timing }: { readonly now: Date; readonly timing: boolean },
): void {
  const checked = checkShape(schemaOf(contract), { ...schedule, options: schedule.options ?? {} });
  const problems: readonly Problem[] = checked.ok ? [] : checked.problems;
  const wrong = new Set(problems.map(({ path }) => path));
  const readable = ['cron', 'timeZone', 'from', 'until'].every((path) => !wrong.has(path));
  const all = [...problems, ...(timing && readable ? timingProblems(timingIn(schedule), now.getTime()) : [])];
  if (all.length > 0) throw invalidInput(all);
}
