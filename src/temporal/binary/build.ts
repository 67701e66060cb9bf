import { execa } from 'execa';
import { keepBinary } from './keep-binary.ts';

/** Called with one line for people while something long happens. */
export type OnProgress = (line: string) => void;

const everyMs = 5_000;

function elapsed(sinceMs: number): string {
  const seconds = Math.round((Date.now() - sinceMs) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** True when Go is there to build with. */
export async function hasGo(): Promise<boolean> {
  const { failed } = await execa('go', ['version'], { reject: false, timeout: 20_000 });
  return !failed;
}

/**
 * Builds the pinned Temporal CLI from `moduleDir` (its go.mod and go.sum) and keeps it at `path`: 6 to 25 minutes on two
 * cores the first time. Throws Go's own last lines when it fails; `signal` gives up.
 */
export async function buildBinary(
  path: string,
  options: { readonly moduleDir: string; readonly onProgress: OnProgress; readonly signal?: AbortSignal },
): Promise<void> {
  const { moduleDir, onProgress, signal } = options;
  const startMs = Date.now();
  onProgress('Building Temporal from source, once: this takes 6 to 25 minutes on two cores.');
  const timer = setInterval(() => onProgress(`Building Temporal from source: ${elapsed(startMs)}`), everyMs);
  try {
    await keepBinary(path, async (draft) => {
      const goal = ['build', '-ldflags=-s -w', '-o', draft, 'github.com/temporalio/cli/cmd/temporal'];
      const { failed, stderr } = await execa('go', goal, {
        cwd: moduleDir,
        reject: false,
        killDescendants: true,
        ...(signal === undefined ? {} : { cancelSignal: signal }),
      });
      if (failed) throw new Error(stderr.trim().split('\n').slice(-3).join(' ') || 'go build was stopped');
    });
    onProgress(`Built Temporal in ${elapsed(startMs)}.`);
  } finally {
    clearInterval(timer);
  }
}
