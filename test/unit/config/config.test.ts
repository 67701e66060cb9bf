import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { loadClientConfig } from '../../../src/config/client.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { readEnvironment } from '../../../src/config/env.ts';
import { StewardError } from '../../../src/contract/errors.ts';

const places = { workingDir: '/srv/app', homeDir: '/home/ada' };

function refusal(env: Record<string, string>): StewardError {
  try {
    loadConfig(env, places);
  } catch (error) {
    if (error instanceof StewardError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

function problemOf(env: Record<string, string>, name: string): string | undefined {
  return refusal(env).details.problems?.find(({ path }) => path === name)?.message;
}

describe('loadConfig', () => {
  test('needs no setting at all', () => {
    expect(loadConfig({}, places)).toEqual({
      gateway: { host: '127.0.0.1', port: 8080, portIsDefault: true, allowedHosts: null, temporalUiUrl: null },
      dataDir: '/srv/app/.steward',
      cacheDir: '/home/ada/.cache/steward',
      databaseUrl: null,
      temporal: { address: null, namespace: 'default', apiKey: null, tls: false, metadata: {}, cliPath: null },
      models: { baseUrl: null, apiKey: null, catalogFile: null, model: null, routing: null },
      mcp: { file: '/srv/app/.steward/mcp.yaml', named: false, variables: {} },
      logLevel: 'info',
      payloadKey: null,
      unknownSettings: [],
    });
  });

  test('takes a file of MCP servers, and hands on the environment that its secrets come from', () => {
    const env = { STEWARD_MCP: 'servers.yaml', TOKEN: 't' };
    expect(loadConfig(env, places).mcp).toEqual({ file: '/srv/app/servers.yaml', named: true, variables: env });
  });

  test('names every problem at once, with the variable and the way out', () => {
    const error = refusal({
      STEWARD_PORT: '99999',
      STEWARD_LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://host/x',
      TEMPORAL_ADDRESS: 'http://host',
      STEWARD_OPENROUTER_ALLOW_FALLBACKS: 'perhaps',
      STEWARD_OPENROUTER_ORDER: ' , ',
    });
    expect(error.code).toBe('invalid_input');
    expect(error.details.problems?.map(({ path }) => path).toSorted()).toEqual([
      'DATABASE_URL',
      'STEWARD_LOG_LEVEL',
      'STEWARD_OPENROUTER_ALLOW_FALLBACKS',
      'STEWARD_OPENROUTER_ORDER',
      'STEWARD_PORT',
      'TEMPORAL_ADDRESS',
    ]);
    expect(error.message).toContain('6 settings are wrong');
    expect(error.message).toContain('"99999" is not a port: give a number from 1 to 65535');
    expect(error.message).toContain('give one of trace, debug, info, warn, error, silent');
  });

  test('shows no secret in a complaint', () => {
    const env = { STEWARD_PAYLOAD_KEY: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@host/x' };
    const error = refusal(env);
    expect(error.details.problems).toHaveLength(2);
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('hunter2');
  });

  test('takes an OpenAI key without an address as OpenAI itself, and an address without a key as it is', () => {
    expect(loadConfig({ OPENAI_API_KEY: 'k' }, places).models.baseUrl).toBe('https://api.openai.com/v1');
    const local = loadConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1' }, places).models;
    expect(local).toMatchObject({ baseUrl: 'http://127.0.0.1:1234/v1', apiKey: null });
  });

  test("passes OpenRouter's routing on in its own spelling, with nothing that isn't set", () => {
    const env = { STEWARD_OPENROUTER_ORDER: 'a, b', STEWARD_OPENROUTER_DATA_COLLECTION: 'Deny' };
    expect(loadConfig(env, places).models.routing).toEqual({ order: ['a', 'b'], data_collection: 'deny' });
    expect(loadConfig({ STEWARD_OPENROUTER_ALLOW_FALLBACKS: 'no' }, places).models.routing).toEqual({
      allow_fallbacks: false,
    });
  });

  test('resolves paths from the home and the working directory', () => {
    const config = loadConfig(
      { STEWARD_DATA_DIR: '~/data', STEWARD_MODELS: 'models.yaml', XDG_CACHE_HOME: '/var/cache' },
      places,
    );
    expect(config.dataDir).toBe('/home/ada/data');
    expect(config.models.catalogFile).toBe('/srv/app/models.yaml');
    expect(config.cacheDir).toBe('/var/cache/steward');
  });

  test('knows whether the port was asked for, so that only the default one may move', () => {
    expect(loadConfig({ STEWARD_PORT: '8080' }, places).gateway.portIsDefault).toBe(false);
    expect(loadConfig({ STEWARD_PORT: '0' }, places).gateway).toMatchObject({ port: 0, portIsDefault: false });
  });

  test('accepts any 32 bytes as a payload key, and nothing shorter or longer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const env = { STEWARD_PAYLOAD_KEY: Buffer.from(bytes).toString('base64') };
        if (bytes.length === 0) expect(loadConfig(env, places).payloadKey).toBeNull();
        else if (bytes.length === 32) expect(loadConfig(env, places).payloadKey).toEqual(Buffer.from(bytes));
        else expect(problemOf(env, 'STEWARD_PAYLOAD_KEY')).toContain('openssl rand -base64 32');
      }),
    );
  });

  test('accepts exactly the ports there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 70_000 }), (port) => {
        const env = { STEWARD_PORT: String(port) };
        if (port >= 0 && port <= 65_535) expect(loadConfig(env, places).gateway.port).toBe(port);
        else expect(problemOf(env, 'STEWARD_PORT')).toContain(`"${port}" is not a port`);
      }),
    );
  });

  test('lets nobody else in unless it is said by which names the gateway is called', () => {
    expect(problemOf({ STEWARD_HOST: '0.0.0.0' }, 'STEWARD_HOST')).toContain('STEWARD_ALLOWED_HOSTS');
    const env = { STEWARD_HOST: '0.0.0.0', STEWARD_ALLOWED_HOSTS: 'plan.example, localhost' };
    expect(loadConfig(env, places).gateway.allowedHosts).toEqual(['plan.example', 'localhost']);
  });

  test('lists settings that mean nothing, as they are typing errors', () => {
    const env = { STEWARD_PAYLOD_KEY: 'x', STEWARD_TOKEN: 't', STEWARD_PORT: '1', OTHER: 'y' };
    expect(loadConfig(env, places).unknownSettings).toEqual(['STEWARD_PAYLOD_KEY']);
  });
});

describe("Temporal's settings", () => {
  let folder: string | null = null;

  afterEach(async () => {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    folder = null;
  });

  test('turn TLS on with an API key', () => {
    const env = { TEMPORAL_ADDRESS: 'cloud.example:7233', TEMPORAL_API_KEY: 'k', TEMPORAL_NAMESPACE: 'planning' };
    expect(loadConfig(env, places).temporal).toMatchObject({ namespace: 'planning', apiKey: 'k', tls: true });
  });

  test('say which certificate is missing, and check the address all the same', () => {
    const env = { TEMPORAL_ADDRESS: 'nowhere', TEMPORAL_TLS_CLIENT_CERT_PATH: '/nope.pem', TEMPORAL_TLS: 'true' };
    expect(problemOf(env, 'TEMPORAL_*')).toContain('/nope.pem');
    expect(problemOf(env, 'TEMPORAL_ADDRESS')).toContain('host:port');
  });

  test('come from a configuration file only when one is named', async () => {
    folder = await mkdtemp(join(tmpdir(), 'steward-config-'));
    const file = join(folder, 'temporal.toml');
    await writeFile(file, '[profile.default]\naddress = "elsewhere:7233"\n');
    expect(loadConfig({ TEMPORAL_CONFIG_FILE: file }, places).temporal.address).toBe('elsewhere:7233');
    expect(loadConfig({ HOME: folder, XDG_CONFIG_HOME: folder }, places).temporal.address).toBeNull();
  });
});

describe('loadClientConfig', () => {
  test('speaks to the local gateway unless told otherwise', () => {
    expect(loadClientConfig({}, places)).toEqual({
      url: null,
      defaultUrl: 'http://127.0.0.1:8080',
      token: null,
      dataDir: '/srv/app/.steward',
    });
    expect(loadClientConfig({ STEWARD_PORT: '9000' }, places).defaultUrl).toBe('http://127.0.0.1:9000');
    expect(loadClientConfig({ STEWARD_URL: 'https://plan.example/', STEWARD_TOKEN: 't' }, places)).toMatchObject({
      url: 'https://plan.example',
      token: 't',
    });
  });

  test('refuses an address that is none', () => {
    expect(() => loadClientConfig({ STEWARD_URL: 'plan.example' }, places)).toThrow('STEWARD_URL');
  });
});

describe('readEnvironment', () => {
  test('leaves out what is set to nothing', () => {
    process.env['STEWARD_TEST_EMPTY'] = ' ';
    process.env['STEWARD_TEST_FILLED'] = 'x';
    const env = readEnvironment();
    expect(env).not.toHaveProperty('STEWARD_TEST_EMPTY');
    expect(env).toHaveProperty('STEWARD_TEST_FILLED', 'x');
  });
});
