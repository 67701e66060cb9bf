import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import type { ScheduleView } from '../../../api/schedules-api.ts';
import { apiCommand, id, required } from '../../command.ts';
import { describeSchedule } from '../../text/schedule-text.ts';
import { note, print, printJson } from '../../text/output.ts';
import { watchRun } from '../../watch/watch.ts';

const example = '01a1fdbc-0522-761d-9caf-d1bebf73e2ee';

type Change = {
  readonly name: string;
  readonly description: string;
  readonly make: (api: StewardApi, scheduleId: string) => Promise<ScheduleView>;
};

/** A command that answers with the schedule as it then is. */
function scheduleCommand({ name, description, make }: Change): Command {
  return apiCommand<object>({
    name,
    description,
    example: `steward schedules ${name} ${example}`,
    run: async ({ api, json }, args) => {
      const schedule = await make(api, required(args, 0, 'schedule'));
      if (json) printJson(schedule);
      else print(describeSchedule(schedule));
    },
  }).argument('<schedule>', 'id of the schedule', id);
}

export function showCommand(): Command {
  return scheduleCommand({
    name: 'show',
    description: 'Show a schedule: when it is due, and what became of the last time',
    make: async (api, scheduleId) => await api.getSchedule({ id: scheduleId }),
  });
}

export function pauseCommand(): Command {
  return scheduleCommand({
    name: 'pause',
    description: 'Let it start nothing until it is resumed',
    make: async (api, scheduleId) => await api.pauseSchedule({ id: scheduleId }),
  });
}

export function resumeCommand(): Command {
  return scheduleCommand({
    name: 'resume',
    description: 'Go on with the next time from now',
    make: async (api, scheduleId) => await api.resumeSchedule({ id: scheduleId }),
  });
}

export function removeCommand(): Command {
  return apiCommand<object>({
    name: 'remove',
    description: 'End a schedule for good; its runs stay',
    example: `steward schedules remove ${example}`,
    run: async ({ api, json }, args) => {
      const scheduleId = required(args, 0, 'schedule');
      await api.deleteSchedule({ id: scheduleId });
      if (json) printJson({ removed: scheduleId });
      else note('Removed.');
    },
  }).argument('<schedule>', 'id of the schedule', id);
}

export function runNowCommand(): Command {
  return apiCommand<{ readonly watch?: boolean }>({
    name: 'run',
    description: 'Start a run of it now, beside its times',
    example: `steward schedules run ${example} --watch`,
    run: async (session, args, { watch }) => {
      const started = await session.api.triggerSchedule({ id: required(args, 0, 'schedule') });
      if (session.json && watch !== true) printJson(started);
      else if (!session.json) print(started.run.id);
      if (!started.started) note('Temporal is away: the run is kept and starts when it is back.');
      if (watch === true) await watchRun(session, { runId: started.run.id });
    },
  })
    .argument('<schedule>', 'id of the schedule', id)
    .option('-w, --watch', 'stay and show its steps live');
}
