import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHttpClient } from '../api/http-client.ts';
import type { StewardApi } from '../api/steward-api.ts';
import { loadClientConfig } from '../config/client.ts';
import { readEnvironment } from '../config/env.ts';
import { StewardError } from '../contract/errors.ts';

export type GlobalOptions = {
  readonly url?: string;
  readonly token?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
};

async function readSetting(dataDir: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(dataDir, name), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

export type Connection = {
  readonly api: StewardApi;
  /** The token is the one that `steward up` left for the person who runs it. */
  readonly ownToken: boolean;
};

/**
 * A client of the gateway: address and token from the flags, the environment, or what `steward up` left in its data
 * directory. Throws `unauthorized` when there is no token anywhere.
 */
export async function connectAs(options: GlobalOptions): Promise<Connection> {
  const config = loadClientConfig(readEnvironment());
  const dataDir = options.dataDir ?? config.dataDir;
  const baseUrl = options.url ?? config.url ?? (await readSetting(dataDir, 'url')) ?? config.defaultUrl;
  const given = options.token ?? config.token;
  const token = given ?? (await readSetting(dataDir, 'token'));
  if (token !== null) return { api: createHttpClient({ baseUrl, token }), ownToken: given === null };
  const hint = `no token: start Steward here ("npm start"), or give --token, STEWARD_TOKEN, or --data-dir (looked in ${dataDir})`;
  throw new StewardError('unauthorized', hint);
}

/** The same, for whom the token's origin makes no difference. */
export async function connect(options: GlobalOptions): Promise<StewardApi> {
  return (await connectAs(options)).api;
}
