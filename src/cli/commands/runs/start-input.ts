import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import { StewardError, invalidInput } from '../../../contract/errors.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { askChoice, askText } from '../../ask/terminal.ts';
import type { Terminal } from '../../ask/terminal.ts';
import { id } from '../../command.ts';
import { parseObject, readTextFile } from '../../flags.ts';
import { UsageError } from '../../usage-error.ts';

/** The flags of `start` that make its input. */
export type InputOptions = {
  /** What stands behind the type: the same as `--prompt`. */
  readonly words?: readonly string[];
  readonly prompt?: string;
  readonly promptFile?: string;
  readonly input?: string;
  readonly project?: string;
  readonly task?: string;
};

async function readPrompt({ words = [], prompt, promptFile }: InputOptions): Promise<string | null> {
  if (prompt !== undefined && promptFile !== undefined) {
    throw new UsageError('--prompt and --prompt-file: give one of the two');
  }
  const flag = prompt === undefined ? '--prompt-file' : '--prompt';
  if (words.length > 0 && (prompt ?? promptFile) !== undefined) {
    throw new UsageError(`${flag}: "${words.join(' ')}" says already what you want; give one of the two`);
  }
  if (words.length > 0) return words.join(' ');
  if (prompt !== undefined) return prompt;
  if (promptFile === undefined) return null;
  return promptFile === '-' ? await text(process.stdin) : await readTextFile(promptFile, '--prompt-file');
}

/** Adds the flags of `InputOptions`. */
export function addInputFlags(command: Command): Command {
  return command
    .option('-p, --prompt <text>', 'what you want, in your own words')
    .option('-f, --prompt-file <file>', 'the same from a file; - for standard input')
    .option('-i, --input <json>', 'the whole input as a JSON object')
    .option('--project <id>', 'an existing project', id)
    .option('--task <id>', 'an existing task', id);
}

/** The input that the flags spell out. Throws `UsageError` naming the flag that can't be read. */
export async function readInput(options: InputOptions): Promise<JsonObject> {
  const given = options.input === undefined ? {} : parseObject(options.input, '--input');
  const prompt = await readPrompt(options);
  return {
    ...given,
    ...(prompt === null ? {} : { userPrompt: prompt }),
    ...(options.project === undefined ? {} : { projectId: options.project }),
    ...(options.task === undefined ? {} : { taskId: options.task }),
  };
}

const promptField = 'input.userPrompt';

/** Does what starts, and where the prompt is refused says how the command line takes one: the API's words name its field alone. */
export async function namingThePrompt<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StewardError) || error.code !== 'invalid_input') throw error;
    const problems = error.details.problems ?? [];
    if (!problems.some(({ path }) => path === promptField)) throw error;
    const way = 'on the command line: "…" behind the type, --prompt, or --prompt-file';
    throw invalidInput(
      problems.map(({ path, message }) => ({ path, message: path === promptField ? `${message} (${way})` : message })),
    );
  }
}

/** Lets a person choose among the types. Throws `UsageError` when nobody can be asked. */
export async function chooseType(api: StewardApi, terminal: Terminal | null): Promise<string> {
  const types = await api.listWorkflowTypes();
  const names = types.map((type) => type.name);
  if (terminal === null) throw new UsageError(`missing required argument 'type' (known: ${names.join(', ')})`);
  const choices = types.map(({ name, title, description }) => ({ value: name, label: title, hint: description }));
  return await askChoice(terminal, 'What kind of run?', { choices });
}

/** Asks for the intent where a type takes one and the command line says nothing at all. */
export async function completeInput(input: JsonObject, terminal: Terminal | null): Promise<JsonObject> {
  if (terminal === null || Object.keys(input).length > 0) return input;
  const userPrompt = await askText(terminal, {
    message: 'What do you want, in your own words? (a document: --prompt-file)',
    check: (answer) => (answer.trim() === '' ? 'say in a few words what you want' : undefined),
  });
  return { userPrompt };
}
