import { join } from 'node:path';
import { StewardError } from '../contract/errors.ts';
import { buildBinary, hasGo } from './binary/build.ts';
import type { OnProgress } from './binary/build.ts';
import { checkBinary } from './binary/check-binary.ts';
import type { TemporalBinary } from './binary/check-binary.ts';
import { downloadBinary, officialSources } from './binary/download.ts';
import type { DownloadSources } from './binary/download.ts';

export type FindTemporalParams = {
  /** STEWARD_TEMPORAL_CLI: when given it is used or refused, nothing else is tried. */
  readonly cliPath: string | null;
  readonly cacheDir: string;
  readonly onProgress?: OnProgress;
  /** Gives up a build. */
  readonly signal?: AbortSignal;
  /** Tests only: what PATH is asked for, where to download from (null: nowhere), where go.mod lies. */
  readonly pathCommand?: string;
  readonly sources?: DownloadSources | null;
  readonly moduleDir?: string;
};

const ownModuleDir = join(import.meta.dirname, '..', '..', 'tools', 'temporal');

const advice = [
  'Do one of these:',
  '  install the Temporal CLI (https://docs.temporal.io/cli, "brew install temporal") so that "temporal" is on the PATH,',
  '  set STEWARD_TEMPORAL_CLI to the path of a "temporal" binary,',
  '  install Go (https://go.dev/dl), which lets Steward build it once,',
  '  or set TEMPORAL_ADDRESS to a Temporal server that already runs.',
].join('\n');

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function checkGiven(cliPath: string): Promise<TemporalBinary> {
  const check = await checkBinary(cliPath);
  if (check.usable) return check.binary;
  throw new StewardError('invalid_input', `STEWARD_TEMPORAL_CLI: "${cliPath}" can't be used: ${check.reason}.`);
}

async function tryDownload(path: string, params: FindTemporalParams): Promise<void> {
  const sources = params.sources === undefined ? officialSources(process.platform, process.arch) : params.sources;
  if (sources === null) throw new Error(`no release for ${process.platform} on ${process.arch}`);
  params.onProgress?.("Downloading Temporal's command line.");
  await downloadBinary(path, sources);
}

async function tryBuild(path: string, params: FindTemporalParams): Promise<void> {
  if (!(await hasGo())) throw new Error('Go is not installed');
  const { signal, onProgress = () => undefined, moduleDir = ownModuleDir } = params;
  await buildBinary(path, { moduleDir, onProgress, ...(signal === undefined ? {} : { signal }) });
}

/**
 * A `temporal` binary: the given one, else that on the PATH, in the cache, downloaded, built with Go, in this order.
 * Throws `invalid_input` when the given one is no good, `unavailable` saying what was tried and what to install.
 */
export async function findTemporal(params: FindTemporalParams): Promise<TemporalBinary> {
  if (params.cliPath !== null) return await checkGiven(params.cliPath);
  const cached = join(params.cacheDir, 'temporal');
  const tried: string[] = [];
  for (const [place, command] of [
    ['on the PATH', params.pathCommand ?? 'temporal'],
    [`in the cache (${cached})`, cached],
  ] as const) {
    const check = await checkBinary(command);
    if (check.usable) return check.binary;
    tried.push(`${place}: ${check.reason}`);
  }
  for (const [way, get] of [
    ['download', tryDownload],
    ['build with Go', tryBuild],
  ] as const) {
    try {
      await get(cached, params);
      const check = await checkBinary(cached);
      if (check.usable) return check.binary;
      tried.push(`${way}: ${check.reason}`);
    } catch (error) {
      tried.push(`${way}: ${reasonOf(error)}`);
    }
  }
  const lines = tried.map((line) => `  ${line}`).join('\n');
  throw new StewardError('unavailable', `No Temporal server was found or could be made.\n${lines}\n${advice}`);
}
