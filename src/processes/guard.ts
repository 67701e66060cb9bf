import { execa } from 'execa';

export type GuardedCommand = { readonly file: string; readonly args: readonly string[] };

async function canGuard(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { failed } = await execa('setpriv', ['--pdeathsig', 'KILL', 'true'], { reject: false, timeout: 10_000 });
  return !failed;
}

/** A command as it is started so that Linux kills it with us, even when we are killed; elsewhere as it is. */
export async function guarded(command: string, args: readonly string[]): Promise<GuardedCommand> {
  return (await canGuard())
    ? { file: 'setpriv', args: ['--pdeathsig', 'KILL', command, ...args] }
    : { file: command, args };
}
