import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { StewardError } from '../../contract/errors.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { apiCommand, required } from '../command.ts';
import type { Session } from '../command.ts';
import { note, print, printJson } from '../output.ts';
import { watchRun } from '../watch.ts';

type StartOptions = {
  readonly prompt?: string;
  readonly promptFile?: string;
  readonly input?: string;
  readonly project?: string;
  readonly name?: string;
  readonly maxCost?: string;
  readonly maxSteps?: string;
  readonly auto?: boolean;
  readonly option?: readonly string[];
  readonly priority?: string;
  readonly startAt?: string;
  readonly dedupKey?: string;
  readonly watch?: boolean;
};

function parseJson(text: string, flag: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new StewardError('invalid_input', `${flag}: "${text}" is not JSON`, { cause: error });
  }
}

function parseObject(text: string, flag: string): JsonObject {
  const value = parseJson(text, flag);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new StewardError('invalid_input', `${flag}: expected a JSON object, such as {"userPrompt":"…"}`);
}

/** `key=value`, the value as JSON where it is, else as text. */
function parsePair(pair: string): readonly [string, Json] {
  const at = pair.indexOf('=');
  if (at < 1) throw new StewardError('invalid_input', `--option: expected key=value, got "${pair}"`);
  const text = pair.slice(at + 1);
  try {
    return [pair.slice(0, at), JSON.parse(text) as Json];
  } catch {
    return [pair.slice(0, at), text];
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

async function readPrompt(options: StartOptions): Promise<string | null> {
  if (options.prompt !== undefined) return options.prompt;
  if (options.promptFile === undefined) return null;
  return options.promptFile === '-' ? await readStandardInput() : await readFile(options.promptFile, 'utf8');
}

async function readInput(options: StartOptions): Promise<JsonObject> {
  const given = options.input === undefined ? {} : parseObject(options.input, '--input');
  const prompt = await readPrompt(options);
  return {
    ...given,
    ...(prompt === null ? {} : { userPrompt: prompt }),
    ...(options.project === undefined ? {} : { projectId: options.project }),
  };
}

function readOptions(options: StartOptions): JsonObject {
  return {
    ...(options.maxCost === undefined ? {} : { maxCost: Number(options.maxCost) }),
    ...(options.maxSteps === undefined ? {} : { maxSteps: Number(options.maxSteps) }),
    ...(options.auto === true ? { autoExecute: true } : {}),
    ...Object.fromEntries((options.option ?? []).map(parsePair)),
  };
}

async function start({ api, json }: Session, args: readonly string[], options: StartOptions): Promise<void> {
  const { run, started, created } = await api.startRun({
    type: required(args, 0),
    input: await readInput(options),
    options: readOptions(options),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.priority === undefined ? {} : { priority: Number(options.priority) }),
    ...(options.startAt === undefined ? {} : { startAt: options.startAt }),
    ...(options.dedupKey === undefined ? {} : { dedupKey: options.dedupKey }),
  });
  if (json && options.watch !== true) printJson({ run, started, created });
  else if (!json) print(run.id);
  if (!created) note('A run with this dedup key was there already.');
  if (!started) note('Temporal is away: the run is kept and starts when it is back.');
  if (options.watch === true) await watchRun(api, { runId: run.id, json });
  else if (!json) note(`Watch it: steward run ${run.id} --watch`);
}

export function startCommand(): Command {
  return apiCommand<StartOptions>('start', 'Start a run', start)
    .argument('<type>', 'workflow type; "steward types" lists them')
    .option('-p, --prompt <text>', 'what you want, in your own words')
    .option('-f, --prompt-file <file>', 'the same from a file; - for standard input')
    .option('-i, --input <json>', 'the whole input as a JSON object')
    .option('--project <id>', 'an existing project')
    .option('--name <name>', 'a name for the run')
    .option('--max-cost <usd>', 'most it may cost, in USD')
    .option('--max-steps <n>', 'most steps it may take')
    .option('--auto', 'apply the proposal without asking')
    .option('-o, --option <key=value...>', "one of the type's own options")
    .option('--priority <n>', '1 (most urgent) to 10')
    .option('--start-at <time>', 'start later: ISO 8601 with zone')
    .option('--dedup-key <key>', 'while a run with this key is not finished, do not start another')
    .option('-w, --watch', 'stay and show its steps live');
}
