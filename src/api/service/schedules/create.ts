import { v7 as uuidV7 } from 'uuid';
import { readPerson } from '../../../calendar/local/person.ts';
import { json } from '../../../db/values.ts';
import { findProject } from '../../../runs/find-project.ts';
import { nextInstant } from '../../../schedules/instants.ts';
import type { NewSchedule, ScheduleView } from '../../schedules-api.ts';
import type { CallContext } from '../context.ts';
import { findContract } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';
import { checkSchedule, timingIn } from './check-schedule.ts';
import type { WholeSchedule } from './check-schedule.ts';
import { wake } from './find.ts';
import type { Tx } from './find.ts';
import { scheduleView } from './views.ts';

/** The columns that what is said of a schedule fills; `name` is what it is called when nothing is said. */
export function columnsOf(schedule: WholeSchedule, name: string) {
  return {
    name: schedule.name?.trim() ?? name,
    workflow_type: schedule.type,
    input: json(schedule.input),
    options: json(schedule.options ?? {}),
    budget: json(schedule.budget ?? {}),
    priority: schedule.priority ?? 5,
    max_attempts: schedule.maxAttempts ?? 1,
    cron: schedule.cron.trim(),
    time_zone: schedule.timeZone,
    from_at: schedule.from ?? null,
    until_at: schedule.until ?? null,
    overlap: schedule.overlap ?? 'skip',
    catch_up: schedule.catchUp ?? 'latest',
  } as const;
}

/** Where a schedule stands that goes on from now. */
export function standing(schedule: WholeSchedule, now: Date) {
  const nextMs = nextInstant(timingIn(schedule), now.getTime());
  return nextMs === null
    ? ({ status: 'finished', next_at: null } as const)
    : ({ status: 'active', next_at: new Date(nextMs) } as const);
}

async function insert(tx: Tx, context: CallContext, request: NewSchedule): Promise<ScheduleView> {
  const { userId } = context.caller;
  const contract = findContract(context.catalog, request.type);
  const schedule = { ...request, timeZone: request.timeZone ?? (await readPerson(tx, userId)).timeZone };
  checkSchedule(contract, schedule, { now: context.now(), timing: true });
  await findProject(tx, { userId, input: request.input });
  const row = await tx
    .insertInto('run_schedules')
    .values({
      id: uuidV7(),
      user_id: userId,
      ...columnsOf(schedule, contract.nameRun(request.input)),
      ...(request.paused === true ? { status: 'paused', next_at: null } : standing(schedule, context.now())),
      created_at: context.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await wake(tx, row);
  return scheduleView(row);
}

/** Makes a schedule. Throws `unknown_workflow_type` and `invalid_input`, field by field. */
export async function createSchedule(context: CallContext, request: NewSchedule): Promise<ScheduleView> {
  requireScope(context.caller, 'runs');
  return await context.database.asUser(context.caller.userId, async (tx) => await insert(tx, context, request));
}
