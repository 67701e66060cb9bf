import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { BundleOptions } from '@temporalio/worker';

/** The workflows' code, ready for a worker: about 2 MB. */
export type WorkflowBundle = { readonly code: string };

// Everything the sandbox imports by value lies in these folders (design: layers).
const sources = ['workflows', join('src', 'contract')] as const;
const requirePackage = createRequire(import.meta.url);

async function sourceFiles(root: string): Promise<readonly string[]> {
  const lists = await Promise.all(
    sources.map(async (folder) => {
      const names = await readdir(join(root, folder), { recursive: true });
      return names.filter((name) => /\.(ts|js)$/.test(name)).map((name) => join(folder, name));
    }),
  );
  return lists.flat().sort();
}

function temporalVersion(): string {
  const manifest: unknown = requirePackage('@temporalio/worker/package.json');
  return JSON.stringify(manifest);
}

async function sourceHash(root: string, entry: string): Promise<string> {
  const hash = createHash('sha256')
    .update(temporalVersion())
    .update(entry)
    .update(await readFile(entry));
  for (const file of await sourceFiles(root)) hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 32);
}

async function readCached(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Missing or unreadable: built again, which is always right.
    return null;
  }
}

// Beside its place and renamed, so that two processes that start together never read half a bundle.
async function keep(folder: string, path: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomUUID()}.part`;
  await writeFile(draft, code);
  await rename(draft, path);
}

/**
 * The bundle of `workflows/index.ts` under `root`, from `cacheDir` when its sources have not changed: building takes 3 to
 * 18 s, reading some milliseconds. `entry` names another entry file (tests). Throws what the bundler throws.
 */
export async function loadBundle(params: {
  readonly root: string;
  readonly cacheDir: string;
  readonly entry?: string;
  readonly logger?: BundleOptions['logger'];
}): Promise<WorkflowBundle> {
  const entry = params.entry ?? join(params.root, 'workflows', 'index.ts');
  const folder = join(params.cacheDir, 'bundles');
  const path = join(folder, `${await sourceHash(params.root, entry)}.js`);
  const cached = await readCached(path);
  if (cached !== null) return { code: cached };
  // The bundler's own lines say how it went on; only that it failed concerns anybody.
  const logger = params.logger ?? new DefaultLogger('ERROR');
  const { code } = await bundleWorkflowCode({ workflowsPath: entry, logger });
  await keep(folder, path, code);
  return { code };
}
