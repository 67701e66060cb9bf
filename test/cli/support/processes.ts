import { readdir, readFile } from 'node:fs/promises';

async function readOr(path: string): Promise<string> {
  // Gone meanwhile, or not ours to read.
  return await readFile(path, 'utf8').catch(() => '');
}

// The state comes after the name, which is in parentheses and may hold anything.
async function isZombie(pid: number): Promise<boolean> {
  const stat = await readOr(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
}

/** Ids of all processes that were started with this data directory, children of children included. */
export async function processesOf(dataDir: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const mark = `STEWARD_DATA_DIR=${dataDir}`;
  const found: number[] = [];
  for (const pid of pids) {
    const variables = (await readOr(`/proc/${pid}/environ`)).split('\0');
    if (variables.includes(mark) && !(await isZombie(pid))) found.push(pid);
  }
  return found;
}
