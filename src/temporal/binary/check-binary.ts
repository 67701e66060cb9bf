import { execa } from 'execa';

/** A `temporal` command that was tried and can start a server that Steward works with. */
export type TemporalBinary = {
  /** A path, or a bare name that is looked up on the PATH. */
  readonly command: string;
  /** Of the server in it, such as "1.31.2". */
  readonly serverVersion: string;
};

export type BinaryCheck =
  { readonly usable: true; readonly binary: TemporalBinary } | { readonly usable: false; readonly reason: string };

// Static summaries and current details came with server 1.26.
const oldestServer = [1, 26] as const;

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestServer[0] || (major === oldestServer[0] && minor >= oldestServer[1]);
}

/** Runs `command --version` and says whether its server is new enough; never throws. */
export async function checkBinary(command: string): Promise<BinaryCheck> {
  const { stdout, failed, code, shortMessage } = await execa(command, ['--version'], {
    reject: false,
    timeout: 20_000,
  });
  if (failed) return { usable: false, reason: code === 'ENOENT' ? 'not there' : (shortMessage ?? 'it does not run') };
  const serverVersion = /\(Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (serverVersion === undefined)
    return { usable: false, reason: 'it is not the temporal command with a server in it' };
  if (isNewEnough(serverVersion)) return { usable: true, binary: { command, serverVersion } };
  return { usable: false, reason: `its server ${serverVersion} is older than ${oldestServer.join('.')}` };
}
