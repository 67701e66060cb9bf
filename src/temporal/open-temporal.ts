import type { TemporalConfig } from '../config/temporal.ts';
import type { OnProgress } from './binary/build.ts';
import { findTemporal } from './find-temporal.ts';
import { keepTemporal } from './keep-temporal.ts';

export type OpenTemporal = {
  readonly address: string;
  /** Null when the server isn't ours: we don't know where its web UI is. */
  readonly uiUrl: string | null;
  /** Resolves with the reason when our own server ends; never resolves for somebody else's. */
  readonly exited: Promise<string>;
  /** Ends our own server; does nothing to somebody else's. */
  readonly stop: () => Promise<void>;
};

/** The server of TEMPORAL_ADDRESS, or our own one, found or made and started. Throws as `findTemporal`, `keepTemporal`. */
export async function openTemporal(params: {
  readonly temporal: TemporalConfig;
  readonly dataDir: string;
  readonly cacheDir: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}): Promise<OpenTemporal> {
  const { temporal, dataDir, cacheDir, onProgress, signal } = params;
  if (temporal.address !== null) {
    return {
      address: temporal.address,
      uiUrl: null,
      exited: new Promise(() => undefined),
      stop: async () => await Promise.resolve(),
    };
  }
  const progress = onProgress === undefined ? {} : { onProgress };
  const abort = signal === undefined ? {} : { signal };
  const binary = await findTemporal({ cliPath: temporal.cliPath, cacheDir, ...progress, ...abort });
  return await keepTemporal({ binary, dataDir, namespace: temporal.namespace, ...progress });
}
