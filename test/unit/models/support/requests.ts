import type { JsonObject } from '../../../../src/contract/json.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';
import { createModelService } from '../../../../src/models/create-model-service.ts';
import type { ModelServiceOptions } from '../../../../src/models/create-model-service.ts';
import type {
  AttemptHooks,
  AttemptRecord,
  AttemptStart,
  ModelRequest,
  ModelService,
  OutputSpec,
} from '../../../../src/models/model-service.ts';

export const schema: JsonObject = {
  type: 'object',
  properties: { answer: { type: 'integer' } },
  required: ['answer'],
  additionalProperties: false,
};

/** JSON of the shape `{answer: integer}`. */
export const json: OutputSpec = {
  kind: 'json',
  name: 'test.answer',
  schema,
  validate: (value) => {
    const answer = typeof value === 'object' && value !== null && 'answer' in value ? value.answer : undefined;
    if (typeof answer === 'number') return { ok: true, value: { answer } };
    return { ok: false, problems: [{ path: 'answer', message: 'must be an integer' }] };
  },
};

// Rules enough to be neither simple nor complex: the profile's own order stands.
const rules = '\n- only the number'.repeat(6);

const unlimited = { usd: null, tokens: null };

export function requestOf(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    operation: 'test',
    profile: { kind: 'json', name: 'fast' },
    messages: [
      { role: 'system', content: 'Answer.' },
      { role: 'user', content: `What is six times seven?${rules}` },
    ],
    output: json,
    temperature: 0,
    maxOutputTokens: 1_000,
    maxRetries: 2,
    grant: unlimited,
    preferCheaper: false,
    leftUsd: null,
    requestId: 'request-1',
    ...changes,
  };
}

export const noHooks: AttemptHooks = { before: () => Promise.resolve(), after: () => Promise.resolve() };

/** Hooks that keep what they were told, in order. */
export function recordingHooks(): AttemptHooks & {
  readonly starts: AttemptStart[];
  readonly records: AttemptRecord[];
} {
  const starts: AttemptStart[] = [];
  const records: AttemptRecord[] = [];
  return {
    starts,
    records,
    before: (start) => Promise.resolve(void starts.push(start)),
    after: (record) => Promise.resolve(void records.push(record)),
  };
}

/** A service in front of an endpoint, with the catalogue that comes with Steward. */
export async function serviceFor(baseUrl: string, changes: Partial<ModelServiceOptions> = {}): Promise<ModelService> {
  const catalogue = changes.catalogue ?? (await loadCatalogue(null));
  return await createModelService({
    baseUrl,
    apiKey: 'key',
    only: null,
    routing: null,
    timeoutMs: 5_000,
    ...changes,
    catalogue,
  });
}
