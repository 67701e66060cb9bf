import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { keepBinary } from './keep-binary.ts';

/** Where releases come from: the archive from either place, its SHA-256 always from the release itself. */
export type DownloadSources = {
  readonly archives: readonly string[];
  readonly checksums: string;
  readonly archiveName: string;
};

const pinnedVersion = '1.8.2';

const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const processors: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The official places of the pinned release for this machine, or null where none is published as a tar archive. */
export function officialSources(platform: string, processor: string): DownloadSources | null {
  const os = platforms[platform];
  const arch = processors[processor];
  if (os === undefined || arch === undefined) return null;
  const release = `https://github.com/temporalio/cli/releases/download/v${pinnedVersion}`;
  const archiveName = `temporal_cli_${pinnedVersion}_${os}_${arch}.tar.gz`;
  return {
    archives: [
      `https://temporal.download/cli/archive/v${pinnedVersion}?platform=${os}&arch=${arch}`,
      `${release}/${archiveName}`,
    ],
    checksums: `${release}/checksums.txt`,
    archiveName,
  };
}

// A machine without a way out must not wait: 8 s to the first byte, then 10 min for the body.
async function fetchBytes(url: string): Promise<Buffer> {
  const control = new AbortController();
  const slowStart = setTimeout(() => control.abort(new Error('no answer within 8 s')), 8_000);
  const slowBody = setTimeout(() => control.abort(new Error('not complete within 10 min')), 600_000);
  try {
    const response = await fetch(url, { signal: control.signal });
    clearTimeout(slowStart);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${new URL(url).host}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(slowStart);
    clearTimeout(slowBody);
  }
}

async function publishedChecksum(sources: DownloadSources): Promise<string> {
  const list = (await fetchBytes(sources.checksums)).toString('utf8');
  const line = list.split('\n').find((text) => text.trim().endsWith(sources.archiveName));
  const checksum = /^([0-9a-f]{64})\s/i.exec(line ?? '')?.[1];
  if (checksum === undefined) throw new Error(`no checksum of ${sources.archiveName} is published`);
  return checksum.toLowerCase();
}

async function fetchVerified(sources: DownloadSources, checksum: string): Promise<Buffer> {
  const failures: string[] = [];
  for (const url of sources.archives) {
    try {
      const archive = await fetchBytes(url);
      if (createHash('sha256').update(archive).digest('hex') === checksum) return archive;
      failures.push(`${new URL(url).host}: the archive is not the published one (SHA-256 differs)`);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(failures.join('; '));
}

/** Downloads the release, checks it against its published SHA-256 and keeps the binary at `path`. Throws the reason. */
export async function downloadBinary(path: string, sources: DownloadSources): Promise<void> {
  const archive = await fetchVerified(sources, await publishedChecksum(sources));
  await keepBinary(path, async (draft) => {
    const folder = await mkdtemp(`${draft}.`);
    try {
      await writeFile(join(folder, 'archive.tar.gz'), archive);
      await execa('tar', ['-xzf', 'archive.tar.gz', 'temporal'], { cwd: folder });
      await rename(join(folder, 'temporal'), draft);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
