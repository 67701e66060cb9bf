import { Option } from 'commander';
import type { Command } from 'commander';
import { mostAttempts } from '../../../contract/attempts.ts';
import { catchUps, overlaps } from '../../../contract/recurrence.ts';
import type { CatchUp, Overlap } from '../../../contract/recurrence.ts';
import { apiCommand, id, required } from '../../command.ts';
import type { Session } from '../../command.ts';
import { instant, noneAsNull, orNone, wholeNumber } from '../../flags.ts';
import { printJson, print } from '../../text/output.ts';
import { describeSchedule } from '../../text/schedule-text.ts';
import { UsageError } from '../../usage-error.ts';
import { addInputFlags, namingThePrompt, readInput } from '../runs/start-input.ts';
import type { InputOptions } from '../runs/start-input.ts';

type Changes = {
  readonly cron?: string;
  readonly timeZone?: string;
  readonly from?: string;
  readonly until?: string;
  readonly overlap?: Overlap;
  readonly catchUp?: CatchUp;
  readonly name?: string;
  readonly priority?: number;
  readonly maxAttempts?: number;
};

/** What of the input is said anew joins what it was; `--input` is the whole of it. */
async function changedInput({ api }: Session, scheduleId: string, options: InputOptions) {
  const said = await readInput(options);
  if (Object.keys(said).length === 0) return {};
  const before = options.input === undefined ? (await api.getSchedule({ id: scheduleId })).input : {};
  return { input: { ...before, ...said } };
}

async function set(session: Session, args: readonly string[], options: Changes & InputOptions): Promise<void> {
  const scheduleId = required(args, 0, 'schedule');
  const { prompt: _prompt, promptFile: _file, input: _input, project: _project, task: _task, ...fields } = options;
  const { from, until, ...others } = fields;
  const limits = noneAsNull({ ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) });
  const changes = { ...others, ...limits, ...(await changedInput(session, scheduleId, options)) };
  if (Object.keys(changes).length === 0) throw new UsageError('give at least one flag of what to change');
  const schedule = await namingThePrompt(async () => await session.api.changeSchedule({ id: scheduleId, changes }));
  if (session.json) printJson(schedule);
  else print(describeSchedule(schedule));
}

export function setCommand(): Command {
  const command = apiCommand<Changes & InputOptions>({
    name: 'set',
    description: 'Change a schedule; what is left out stays',
    example: 'steward schedules set 01a1fdbc-0522-761d-9caf-d1bebf73e2ee --cron "0 8 * * MON-FRI" --until none',
    run: set,
  })
    .argument('<schedule>', 'id of the schedule', id)
    .option('--cron <pattern>', 'minute, hour, day of the month, month, day of the week')
    .option('--time-zone <zone>', 'such as Europe/Berlin')
    .option('--from <time>', 'nothing starts before: ISO 8601 with zone, or none', orNone(instant))
    .option('--until <time>', 'nothing starts after: ISO 8601 with zone, or none', orNone(instant))
    .addOption(new Option('--overlap <policy>', 'while the previous run goes on').choices(overlaps))
    .addOption(new Option('--catch-up <policy>', 'times missed while off').choices(catchUps))
    .option('--name <name>', 'a name for the schedule and its runs')
    .option('--priority <n>', '1 (most urgent) to 10', wholeNumber({ min: 1, max: 10 }))
    .option('--max-attempts <n>', 'how often to try a run before it fails', wholeNumber({ min: 1, max: mostAttempts }));
  return addInputFlags(command);
}
