import { homedir } from 'node:os';
import { join } from 'node:path';
import { StewardError } from '../contract/errors.ts';
import type { Problem } from '../contract/errors.ts';
import type { Environment } from './env.ts';
import { readMcpConfig } from './mcp.ts';
import type { McpConfig } from './mcp.ts';
import { readModelsConfig } from './models.ts';
import type { ModelsConfig } from './models.ts';
import { complain, createReader, readChoice, readList, readPath, readPort, readText, readUrl } from './reader.ts';
import type { Places, Reader } from './reader.ts';
import { readTemporalConfig } from './temporal.ts';
import type { TemporalConfig } from './temporal.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type GatewayConfig = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** True when nobody asked for this port, so that another may be taken when it is busy. */
  readonly portIsDefault: boolean;
  /** Host names under which the gateway is reached; null means loopback only. */
  readonly allowedHosts: readonly string[] | null;
  /** Address of Temporal's Web UI, for links, where it isn't ours to know. */
  readonly temporalUiUrl: string | null;
};

export type Config = {
  readonly gateway: GatewayConfig;
  /** Absolute; holds the embedded database, Temporal's file, the local user's token, files. */
  readonly dataDir: string;
  /** Absolute, outside the checkout; holds what can be made anew: binaries, bundles, templates. */
  readonly cacheDir: string;
  /** A Postgres server; null for the embedded database. Secret: it may carry a password. */
  readonly databaseUrl: string | null;
  readonly temporal: TemporalConfig;
  readonly models: ModelsConfig;
  readonly mcp: McpConfig;
  readonly logLevel: LogLevel;
  /** 32 bytes; when set, payloads are encrypted before they reach Temporal. */
  readonly payloadKey: Uint8Array | null;
  /** Names of STEWARD_* variables that mean nothing, typing errors most likely: worth a warning. */
  readonly unknownSettings: readonly string[];
};

// Read by other processes than the servers, which share one environment file with them.
const foreignSettings = new Set(['STEWARD_URL', 'STEWARD_TOKEN']);

export function currentPlaces(): Places {
  return { workingDir: process.cwd(), homeDir: homedir() };
}

function readCacheDir(reader: Reader): string {
  const given = readPath(reader, 'STEWARD_CACHE_DIR');
  return given ?? join(readPath(reader, 'XDG_CACHE_HOME') ?? join(reader.homeDir, '.cache'), 'steward');
}

function readPayloadKey(reader: Reader): Uint8Array | null {
  const text = readText(reader, 'STEWARD_PAYLOAD_KEY');
  if (text === null) return null;
  const key = Buffer.from(text, 'base64');
  // Buffer skips what isn't base64; only a key that encodes back to itself was read whole.
  if (key.length === 32 && key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')) return key;
  complain(
    reader,
    'STEWARD_PAYLOAD_KEY',
    `The value is not 32 bytes in base64 (${key.length} were read): make one with "openssl rand -base64 32".`,
  );
  return null;
}

const loopback = /^(localhost|127[.]\d+[.]\d+[.]\d+|::1)$/;

function readGateway(reader: Reader): GatewayConfig {
  const port = readPort(reader, 'STEWARD_PORT');
  const host = readText(reader, 'STEWARD_HOST') ?? '127.0.0.1';
  const allowedHosts = readList(reader, 'STEWARD_ALLOWED_HOSTS');
  if (!loopback.test(host) && allowedHosts === null) {
    const message = `"${host}" can be reached by others: name the hosts it is called by in STEWARD_ALLOWED_HOSTS (plan.example.org), or leave STEWARD_HOST out.`;
    complain(reader, 'STEWARD_HOST', message);
  }
  const temporalUiUrl = readUrl(reader, { name: 'STEWARD_TEMPORAL_UI_URL', protocols: ['http:', 'https:'] });
  return { host, port: port ?? 8080, portIsDefault: port === null, allowedHosts, temporalUiUrl };
}

function findUnknown(reader: Reader): readonly string[] {
  const known = (name: string) => reader.asked.has(name) || foreignSettings.has(name);
  return Object.keys(reader.env).filter((name) => name.startsWith('STEWARD_') && !known(name));
}

/** One line for each problem, led by the name of the setting. */
function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
  return [`${problems.length === 1 ? 'A setting is' : `${problems.length} settings are`} wrong:`, ...lines].join('\n');
}

/** Throws `invalid_input` naming every problem that the reader found. */
export function refuseProblems(reader: Reader): void {
  const problems = reader.problems;
  if (problems.length > 0)
    throw new StewardError('invalid_input', describeProblems(problems), { details: { problems } });
}

/** All settings of a server process, checked at once. Throws `invalid_input` naming every problem and its way out. */
export function loadConfig(env: Environment, places: Places = currentPlaces()): Config {
  const reader = createReader(env, places);
  const dataDir = readPath(reader, 'STEWARD_DATA_DIR') ?? join(places.workingDir, '.steward');
  const config: Omit<Config, 'unknownSettings'> = {
    gateway: readGateway(reader),
    dataDir,
    cacheDir: readCacheDir(reader),
    databaseUrl: readUrl(reader, { name: 'DATABASE_URL', protocols: ['postgres:', 'postgresql:'] }),
    temporal: readTemporalConfig(reader),
    models: readModelsConfig(reader),
    mcp: readMcpConfig(reader, dataDir),
    logLevel: readChoice(reader, { name: 'STEWARD_LOG_LEVEL', choices: logLevels }) ?? 'info',
    payloadKey: readPayloadKey(reader),
  };
  refuseProblems(reader);
  return { ...config, unknownSettings: findUnknown(reader) };
}
