import { Command } from 'commander';
import type { OptionValues } from 'commander';
import type { StewardApi } from '../api/steward-api.ts';
import { connect } from './context.ts';
import type { GlobalOptions } from './context.ts';

/** What a command's action works with. */
export type Session = { readonly api: StewardApi; readonly json: boolean };

/** A command of the HTTP client: `run` gets the API, the positional arguments and the parsed options. */
export function apiCommand<Options extends OptionValues>(
  name: string,
  description: string,
  run: (session: Session, args: readonly string[], options: Options) => Promise<void>,
): Command {
  const command = new Command(name).description(description);
  command.action(async () => {
    const globals = command.optsWithGlobals<GlobalOptions>();
    const session = { api: await connect(globals), json: globals.json === true };
    await run(session, command.args, command.opts<Options>());
  });
  return command;
}

/** A positional argument that commander has made sure is there. */
export function required(args: readonly string[], index: number): string {
  const value = args[index];
  if (value === undefined) throw new Error(`argument ${index + 1} is missing`);
  return value;
}
