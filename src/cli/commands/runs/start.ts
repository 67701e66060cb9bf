import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import { mostAttempts } from '../../../contract/attempts.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { apiCommand } from '../../command.ts';
import type { Session } from '../../command.ts';
import { instant, wholeNumber } from '../../flags.ts';
import { estimateLine } from '../../text/estimate-text.ts';
import { note, print, printJson } from '../../text/output.ts';
import { watchRun } from '../../watch/watch.ts';
import { addInputFlags, chooseType, completeInput, namingThePrompt, readInput } from './start-input.ts';
import type { InputOptions } from './start-input.ts';
import { addPartFlags, optionsSchema, readBudget, readOptions } from './start-parts.ts';
import type { PartOptions } from './start-parts.ts';

type StartOptions = InputOptions &
  PartOptions & {
    readonly name?: string;
    readonly priority?: number;
    readonly startAt?: string;
    readonly dedupKey?: string;
    readonly maxAttempts?: number;
    readonly watch?: boolean;
  };

async function inputFor(api: StewardApi, type: string, { terminal, options }: AskParts): Promise<JsonObject> {
  const input = await readInput(options);
  if (terminal === null || Object.keys(input).length > 0) return input;
  const { inputSchema } = await api.getWorkflowType({ type });
  const { properties } = inputSchema;
  const takesIntent = typeof properties === 'object' && properties !== null && 'userPrompt' in properties;
  return takesIntent ? await completeInput(input, terminal) : input;
}

type AskParts = Pick<Session, 'terminal'> & { readonly options: StartOptions };

/** What such a run usually takes, in a line on standard error. */
async function tellEstimate(api: StewardApi, type: string, input: JsonObject): Promise<void> {
  const line = estimateLine(await api.getEstimate({ type, input }));
  if (line !== null) note(`${type} ${line}.`);
}

async function start(session: Session, args: readonly string[], options: StartOptions): Promise<void> {
  const { api, json, terminal } = session;
  const { name, priority, startAt, dedupKey, maxAttempts } = options;
  const [given, ...words] = args;
  const type = given ?? (await chooseType(api, terminal));
  const budget = readBudget(options);
  const input = await inputFor(api, type, { terminal, options: { ...options, words } });
  if (!json) await tellEstimate(api, type, input);
  const request = {
    type,
    input,
    options: readOptions(options, await optionsSchema(api, type, options)),
    ...(Object.keys(budget).length === 0 ? {} : { budget }),
    ...(name === undefined ? {} : { name }),
    ...(priority === undefined ? {} : { priority }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(dedupKey === undefined ? {} : { dedupKey }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
  };
  const { run, started, created } = await namingThePrompt(async () => await api.startRun(request));
  if (json && options.watch !== true) printJson({ run, started, created });
  else if (!json) print(run.id);
  if (!created) note('A run with this dedup key was there already.');
  if (!started && run.startAt === null) note('Temporal is away: the run is kept and starts when it is back.');
  if (options.watch === true) await watchRun(session, { runId: run.id });
  else if (!json) note(`Watch it: steward run ${run.id} --watch`);
}

export function startCommand(): Command {
  const command = apiCommand<StartOptions>({
    name: 'start',
    description: 'Start a run',
    example: 'steward start project_planning --prompt "Plan my move to Berlin" --watch',
    run: start,
  })
    .argument('[type]', 'workflow type; "steward types" lists them')
    .argument('[prompt...]', 'what you want, in your own words; the same as --prompt');
  addInputFlags(command).option('--name <name>', 'a name for the run');
  return addPartFlags(command, 'it')
    .option('--priority <n>', '1 (most urgent) to 10', wholeNumber({ min: 1, max: 10 }))
    .option('--start-at <time>', 'start later: ISO 8601 with zone', instant)
    .option('--dedup-key <key>', 'while a run with this key is not finished, do not start another')
    .option('--max-attempts <n>', 'how often to try before it fails', wholeNumber({ min: 1, max: mostAttempts }))
    .option('-w, --watch', 'stay and show its steps live; with --json one event a line, the run last');
}
