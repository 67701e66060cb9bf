import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import { allRoutes } from '../../src/gateway/routes/all-routes.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call } from './support/call.ts';
import { startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let document: JsonObject;

beforeAll(async () => {
  gateway = await startTestGateway();
  document = (await call(`${gateway.url}/api/openapi.json`)).body;
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

function find(root: Json, path: readonly string[]): Json | undefined {
  let at: Json | undefined = root;
  for (const key of path)
    at = typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as JsonObject)[key] : undefined;
  return at;
}

function references(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, Json]) =>
    key === '$ref' && typeof child === 'string' ? [child] : references(child),
  );
}

describe('the OpenAPI document', () => {
  it('is 3.1 and describes every route with its own operation id', () => {
    expect(document['openapi']).toBe('3.1.0');
    for (const { method, path, operation } of allRoutes) {
      expect(find(document, ['paths', path.replaceAll(/:(\w+)/g, '{$1}'), method, 'operationId'])).toBe(operation);
    }
    expect(new Set(allRoutes.map(({ operation }) => operation)).size).toBe(allRoutes.length);
  });

  it('refers to nothing that it does not hold', () => {
    const missing = references(document).filter(
      (reference) => find(document, reference.slice(2).split('/').map(decodeURIComponent)) === undefined,
    );
    expect(missing).toEqual([]);
  });

  it('holds what each workflow type takes, and offers it for a start', () => {
    expect(find(document, ['components', 'schemas', 'SampleInput', 'properties', 'userPrompt', 'type'])).toBe('string');
    expect(JSON.stringify(find(document, ['components', 'schemas', 'StartRun', 'anyOf']))).toContain(
      '#/components/schemas/StartSample',
    );
    const body = find(document, ['paths', '/api/runs', 'post', 'requestBody', 'content', 'application/json', 'schema']);
    expect(body).toEqual({ $ref: '#/components/schemas/StartRun' });
  });

  it('says of every POST with a token that it takes an Idempotency-Key', () => {
    const posts = allRoutes.filter(({ method, access }) => method === 'post' && access !== 'public');
    for (const { path } of posts) {
      expect(
        JSON.stringify(find(document, ['paths', path.replaceAll(/:(\w+)/g, '{$1}'), 'post', 'parameters'])),
      ).toContain('Idempotency-Key');
    }
  });
});

describe('the docs page', () => {
  it('loads all of its parts from here, with no script in the page', async () => {
    const page = await call(`${gateway.url}/docs`);
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(part).toMatch(/^\/docs\//);
      expect([part, (await call(gateway.url + part)).status]).toEqual([part, 200]);
    }
    expect(page.text).not.toMatch(/<script>|onload=/);
    expect((await call(`${gateway.url}/docs/assets/package.json`)).status).toBe(404);
  });
});
