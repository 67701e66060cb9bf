import { Option } from 'commander';
import type { Command } from 'commander';
import { mostAttempts } from '../../../contract/attempts.ts';
import { catchUps, overlaps } from '../../../contract/recurrence.ts';
import type { CatchUp, Overlap } from '../../../contract/recurrence.ts';
import { apiCommand, required } from '../../command.ts';
import type { Session } from '../../command.ts';
import { instant, wholeNumber } from '../../flags.ts';
import { formatTime } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { addInputFlags, namingThePrompt, readInput } from '../runs/start-input.ts';
import type { InputOptions } from '../runs/start-input.ts';
import { addPartFlags, optionsSchema, readBudget, readOptions } from '../runs/start-parts.ts';
import type { PartOptions } from '../runs/start-parts.ts';

type AddOptions = InputOptions &
  PartOptions & {
    readonly cron: string;
    readonly timeZone?: string;
    readonly from?: string;
    readonly until?: string;
    readonly overlap?: Overlap;
    readonly catchUp?: CatchUp;
    readonly name?: string;
    readonly priority?: number;
    readonly maxAttempts?: number;
    readonly paused?: boolean;
  };

function given<T extends object>(fields: T): Partial<T> {
  // What is left out keeps its default, which undefined would not.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

async function add({ api, json }: Session, args: readonly string[], options: AddOptions): Promise<void> {
  const { cron, timeZone, from, until, overlap, catchUp, name, priority, maxAttempts, paused } = options;
  const type = required(args, 0, 'type');
  const schedule = {
    type,
    input: await readInput({ ...options, words: args.slice(1) }),
    options: readOptions(options, await optionsSchema(api, type, options)),
    budget: readBudget(options),
    cron,
    ...given({ timeZone, from, until, overlap, catchUp, name, priority, maxAttempts, paused }),
  };
  const made = await namingThePrompt(async () => await api.createSchedule(schedule));
  if (json) printJson(made);
  else print(made.id);
  if (!json && made.nextAt !== null) note(`First run: ${formatTime(made.nextAt)}`);
}

export function addCommand(): Command {
  const command = apiCommand<AddOptions>({
    name: 'add',
    description: 'Start a run again and again, by the clock on the wall',
    example: 'steward schedules add project_planning --prompt "Plan my week" --cron "0 7 * * MON"',
    run: add,
  })
    .argument('<type>', 'workflow type; "steward types" lists them')
    .argument('[prompt...]', 'what you want, in your own words; the same as --prompt')
    .requiredOption('--cron <pattern>', 'minute, hour, day of the month, month, day of the week')
    .option('--time-zone <zone>', 'such as Europe/Berlin; your own when left out')
    .option('--from <time>', 'nothing starts before: ISO 8601 with zone', instant)
    .option('--until <time>', 'nothing starts after: ISO 8601 with zone', instant)
    .addOption(new Option('--overlap <policy>', 'while the previous run goes on (default: skip)').choices(overlaps))
    .addOption(new Option('--catch-up <policy>', 'times missed while off (default: latest)').choices(catchUps))
    .option('--paused', 'make it, but start nothing yet');
  addInputFlags(command).option('--name <name>', 'a name for the schedule and its runs');
  return addPartFlags(command, 'a run')
    .option('--priority <n>', '1 (most urgent) to 10', wholeNumber({ min: 1, max: 10 }))
    .option('--max-attempts <n>', 'how often to try a run before it fails', wholeNumber({ min: 1, max: mostAttempts }));
}
