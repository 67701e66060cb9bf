import { Command, InvalidArgumentError } from 'commander';
import type { OptionValues } from 'commander';
import type { StewardApi } from '../api/steward-api.ts';
import { openTerminal } from './ask/terminal.ts';
import type { Terminal } from './ask/terminal.ts';
import { connect } from './context.ts';
import type { GlobalOptions } from './context.ts';
import { UsageError } from './usage-error.ts';

/** What a command's action works with. `terminal` is there only when a person can be asked, never with `--json`. */
export type Session = { readonly api: StewardApi; readonly json: boolean; readonly terminal: Terminal | null };

export type ApiCommand<Options> = {
  readonly name: string;
  readonly description: string;
  /** One line that works as it stands, ids aside; `--help` shows it. */
  readonly example: string;
  /** `args` are the positional arguments. */
  readonly run: (session: Session, args: readonly string[], options: Options) => Promise<void>;
};

/** Adds what `--help` ends with. */
export function withExample(command: Command, example: string): Command {
  return command.addHelpText('after', `\nExample:\n  ${example}`);
}

/** A command of the HTTP client. */
export function apiCommand<Options extends OptionValues>(spec: ApiCommand<Options>): Command {
  const command = new Command(spec.name).description(spec.description);
  command.action(async () => {
    const globals = command.optsWithGlobals<GlobalOptions>();
    const json = globals.json === true;
    const session = { api: await connect(globals), json, terminal: json ? null : openTerminal() };
    await spec.run(session, command.args, command.opts<Options>());
  });
  return withExample(command, spec.example);
}

/** A positional argument. Throws `UsageError` naming it when it isn't there. */
export function required(args: readonly string[], index: number, name: string): string {
  const value = args[index];
  if (value === undefined || value.trim() === '') throw new UsageError(`missing required argument '${name}'`);
  return value;
}

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Reads an id for commander, so that a wrong one is refused by name before anything is sent. */
export function id(text: string): string {
  if (idPattern.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Expected an id, such as 01a1fdbc-0522-761d-9caf-d1bebf73e2ee.');
}
