import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Environment } from './env.ts';
import { complain, readPath, readText } from './reader.ts';
import type { Reader } from './reader.ts';

/** How to encrypt the way to Temporal: not at all, by the system's authorities, or with own certificates (PEM). */
export type TemporalTls =
  | boolean
  | {
      readonly serverNameOverride?: string;
      readonly serverRootCACertificate?: Uint8Array;
      readonly clientCertPair?: { readonly crt: Uint8Array; readonly key: Uint8Array };
    };

export type TemporalConfig = {
  /** `host:port` of a server that somebody else runs; null when Steward finds or starts one. */
  readonly address: string | null;
  readonly namespace: string;
  readonly apiKey: string | null;
  readonly tls: TemporalTls;
  readonly metadata: Readonly<Record<string, string>>;
  /** A `temporal` binary to prefer over those that are found. */
  readonly cliPath: string | null;
};

type Connection = Omit<TemporalConfig, 'cliPath'>;

const local: Connection = { address: null, namespace: 'default', apiKey: null, tls: false, metadata: {} };

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The SDK's types are wider than what its loader returns: a key callback and absent values are none of its results.
function readProfile(env: Environment): Connection {
  // A profile in the user's home that was made for another purpose must not move our runs to another server:
  // files count only when they are named.
  const disableFile = env['TEMPORAL_CONFIG_FILE'] === undefined && env['TEMPORAL_PROFILE'] === undefined;
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: { ...env }, disableFile });
  const { address, apiKey, metadata, tls } = connectionOptions;
  return {
    address: address ?? null,
    namespace: namespace ?? local.namespace,
    apiKey: typeof apiKey === 'string' ? apiKey : null,
    tls: tls ?? false,
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, String(value)])),
  };
}

function checkAddress(reader: Reader, address: string | null): void {
  if (address === null || /^(\[[^\]]+\]|[^:\s/]+):\d{1,5}$/.test(address)) return;
  complain(reader, 'TEMPORAL_ADDRESS', `"${address}" is not an address: give host:port, such as localhost:7233.`);
}

/** Temporal's standard settings (TEMPORAL_ADDRESS, _NAMESPACE, _API_KEY, _TLS_…, _PROFILE, _CONFIG_FILE) and ours. */
export function readTemporalConfig(reader: Reader): TemporalConfig {
  const cliPath = readPath(reader, 'STEWARD_TEMPORAL_CLI');
  try {
    const profile = readProfile(reader.env);
    checkAddress(reader, profile.address);
    return { ...profile, cliPath };
  } catch (error) {
    complain(reader, 'TEMPORAL_*', `Temporal's settings can't be read: ${reason(error)}`);
    checkAddress(reader, readText(reader, 'TEMPORAL_ADDRESS'));
    return { ...local, cliPath };
  }
}
