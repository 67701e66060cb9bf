import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

export type ProcessInfo = { readonly parentPid: number; readonly command: string };

async function readProc(pid: number): Promise<ProcessInfo | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    // A dead process that nobody has waited for has no command line.
    if (command === '') return null;
    return { parentPid: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), command: command.split('\0').join(' ').trim() };
  } catch {
    return null;
  }
}

/** What runs under a process id; null when nothing does. A number alone proves nothing: systems use them again. */
export async function readProcess(pid: number): Promise<ProcessInfo | null> {
  if (process.platform === 'linux') return await readProc(pid);
  const { stdout, failed } = await execa('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { reject: false });
  const match = failed ? null : /^\s*(\d+)\s+(.*)$/m.exec(stdout);
  return match?.[1] === undefined ? null : { parentPid: Number(match[1]), command: match[2] ?? '' };
}
