import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { WorkflowTypeView } from '../../src/contract/views.ts';
import { catalog } from '../../workflows/catalog.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { examplesOf, makeRecords } from '../support/every-type.ts';
import type { RecordIds } from '../support/every-type.ts';
import { call, named } from './support/call.ts';
import type { Answer } from './support/call.ts';
import { ann, ben, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
let ids: RecordIds;

beforeAll(async () => {
  gateway = await startTestGateway({ catalog });
  token = await gateway.token();
  ids = await makeRecords({ api: gateway.test.as(ann) });
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

async function post(body: Json, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return await call(`${gateway.url}/api/runs`, 'POST', { token, body, headers });
}

async function viewOf(type: string): Promise<WorkflowTypeView> {
  return await gateway.test.as(ann).getWorkflowType({ type });
}

function propertiesOf(schema: Json): JsonObject {
  const properties =
    typeof schema === 'object' && schema !== null && 'properties' in schema ? schema['properties'] : {};
  return properties as JsonObject;
}

/** Values of every kind, of which any field takes few. */
const values: readonly Json[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  '',
  ' \n ',
  'nonsense',
  '\u0000',
  '2026-02-30',
  [],
  [[]],
  [null],
  [''],
  {},
  { __proto__x: 1, a: { b: [1] } },
  'x'.repeat(200_001),
];

/** Either it starts, or a problem document names the field, shows the way out and is about no other one. */
function expectClear(answer: Answer, path: string, value: Json): void {
  const about = {
    path,
    value: JSON.stringify(value).slice(0, 60),
    status: answer.status,
    text: answer.text.slice(0, 600),
  };
  if (answer.status < 300) return;
  expect(about).toMatchObject({ status: 422 });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect({ ...about, code: answer.body['code'], detail: answer.body['detail'] }).toMatchObject({
    code: 'invalid_input',
    detail: expect.stringMatching(/\w{3}/u),
  });
  const within = named(answer).filter((each) => each === path || each.startsWith(`${path}.`));
  expect({ ...about, within: within.length }).not.toMatchObject({ within: 0 });
}

describe.each(catalog.names())('input of the type %s', (type) => {
  it('is taken as its examples show it', async () => {
    const examples = examplesOf(type, ids);
    expect(examples.length).toBeGreaterThan(0);
    for (const input of examples) expect([input, (await post({ type, input })).status]).toEqual([input, 202]);
  });

  it.each(['input', 'options'] as const)('with nonsense in any field of %s is refused by that field', async (part) => {
    const view = await viewOf(type);
    const start = { type, input: examplesOf(type, ids)[0] ?? {} };
    const fields = Object.keys(propertiesOf(part === 'input' ? view.inputSchema : view.optionsSchema));
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields)
      for (const value of values) {
        const given = part === 'input' ? { ...start.input, [field]: value } : { [field]: value };
        expectClear(await post({ ...start, [part]: given }), `${part}.${field}`, value);
      }
  });

  it('with a field or an option that does not exist is refused by its name', async () => {
    const input = examplesOf(type, ids)[0] ?? {};
    const more = await post({ type, input: { ...input, colour: 'red' } });
    expect([more.status, named(more)]).toEqual([422, ['input.colour']]);
    const option = await post({ type, input, options: { speed: 'high' } });
    expect([option.status, named(option)]).toEqual([422, ['options.speed']]);
    for (const wrong of [null, [], 'text', 7]) {
      const answer = await post({ type, input: wrong });
      expect([wrong, answer.status, named(answer)]).toEqual([wrong, 422, ['input']]);
    }
  });

  it('that names a record of another user, or none at all, is refused by that field', async () => {
    const fields = Object.keys(propertiesOf((await viewOf(type)).inputSchema));
    const foreign = await makeRecords({ api: gateway.test.as(ben) });
    const { userPrompt: _taken, ...rest } = examplesOf(type, ids)[0] ?? {};
    const prompt = fields.includes('userPrompt') ? { userPrompt: 'Plan the garden' } : {};
    for (const field of fields.filter((each) => each in foreign || each === 'projectIds'))
      for (const id of [
        field === 'projectIds' ? (foreign['projectId'] ?? '') : (foreign[field] ?? ''),
        crypto.randomUUID(),
      ]) {
        // A brain dump is read in place of a prompt.
        const others = field === 'brainDumpId' ? {} : prompt;
        const answer = await post({
          type,
          input: { ...rest, ...others, [field]: field === 'projectIds' ? [id] : id },
        });
        const path = field === 'projectIds' ? 'input.projectIds.0' : `input.${field}`;
        expect([field, answer.status, named(answer)]).toEqual([field, 422, [path]]);
        expect(answer.text).toContain(id);
      }
  });

  it('sent twice at once under one Idempotency-Key starts one run', async () => {
    const body = { type, input: examplesOf(type, ids)[0] ?? {}, name: `Once ${type}` };
    const headers = { 'Idempotency-Key': `once-${type}` };
    const answers = await Promise.all(Array.from({ length: 5 }, async () => await post(body, headers)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    const { items } = await gateway.test.as(ann).listRuns({ type, limit: 200 });
    expect(items.filter((run) => run.name === body.name)).toHaveLength(1);
  });
});

describe('a window', () => {
  it('that ends before it begins is refused by its end', async () => {
    const input = { from: '2026-07-01', to: '2026-01-01' };
    const answer = await post({ type: 'calendar_analysis', input });
    expect([answer.status, named(answer)]).toEqual([422, ['input.to']]);
  });
});
