import { readdir, readFile } from 'node:fs/promises';

// Linux counts in ticks of 10 ms on every platform Node runs on.
const msPerTick = 10;

type Stat = { readonly parent: number; readonly ownMs: number; readonly reapedMs: number };

async function readStat(pid: number): Promise<Stat | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the fields after it don't.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    return { parent, ownMs: (user + system) * msPerTick, reapedMs: (childUser + childSystem) * msPerTick };
  } catch {
    // It ended meanwhile.
    return null;
  }
}

/** CPU time of a process, all its threads together, in ms. */
export async function processCpuMs(pid: number): Promise<number> {
  return (await readStat(pid))?.ownMs ?? 0;
}

/** CPU time of a process and its children, living and ended, in ms: Postgres has one process a connection. */
export async function familyCpuMs(pid: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readStat));
  const children = stats.filter((stat) => stat?.parent === pid);
  const own = await readStat(pid);
  const living = children.reduce((sum, stat) => sum + (stat?.ownMs ?? 0), 0);
  return living + (own === null ? 0 : own.ownMs + own.reapedMs);
}
