import { join } from 'node:path';
import { currentPlaces, refuseProblems } from './config.ts';
import type { Environment } from './env.ts';
import { createReader, readPath, readPort, readText, readUrl } from './reader.ts';
import type { Places } from './reader.ts';

/** What a client of the gateway needs to know. */
export type ClientConfig = {
  /** Without a slash at its end; null when nobody names one. */
  readonly url: string | null;
  /** Where a gateway on this machine listens unless its port was taken. */
  readonly defaultUrl: string;
  /** Secret. */
  readonly token: string | null;
  /** Where `steward up` leaves its address (`url`) and the local user's token (`token`), for when none is given. */
  readonly dataDir: string;
};

/** Settings of the CLI's client commands; throws `invalid_input` naming every problem. */
export function loadClientConfig(env: Environment, places: Places = currentPlaces()): ClientConfig {
  const reader = createReader(env, places);
  const port = readPort(reader, 'STEWARD_PORT') ?? 8080;
  const url = readUrl(reader, { name: 'STEWARD_URL', protocols: ['http:', 'https:'] });
  const dataDir = readPath(reader, 'STEWARD_DATA_DIR') ?? join(places.workingDir, '.steward');
  const config: ClientConfig = {
    url: url === null ? null : url.replace(/\/+$/, ''),
    defaultUrl: `http://127.0.0.1:${port}`,
    token: readText(reader, 'STEWARD_TOKEN'),
    dataDir,
  };
  refuseProblems(reader);
  return config;
}
