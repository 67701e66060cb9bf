import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { fitToSchema } from '../../../src/models/offline/generic/fit-schema.ts';
import { readMaterial } from '../../../src/models/offline/generic/material.ts';
import { answerBody, planningBody, section } from './support.ts';

const text =
  '# Tides\n\nThe moon pulls the water. The sea rises twice a day in most harbors.\n\n- High water\n- Low water';
const material = readMaterial(text);

function fits(schema: JsonObject, value: Json): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).validate(schema, value);
}

describe('a schema nobody knows', () => {
  const schema: JsonObject = {
    type: 'object',
    additionalProperties: false,
    required: ['title', 'points', 'mood', 'score', 'nested', 'maybe', 'pair', 'flag', 'choice'],
    properties: {
      title: { type: 'string', minLength: 3, maxLength: 20 },
      points: { type: 'array', minItems: 3, maxItems: 4, items: { type: 'string' } },
      mood: { enum: ['calm', 'rough'] },
      score: { type: 'integer', minimum: 7, maximum: 9, multipleOf: 3 },
      nested: { $ref: '#/$defs/node' },
      maybe: { type: ['string', 'null'] },
      pair: { type: 'array', prefixItems: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'boolean' }] },
      flag: { const: true },
      choice: {
        anyOf: [{ type: 'null' }, { type: 'object', required: ['kind'], properties: { kind: { const: 'b' } } }],
      },
    },
    $defs: {
      node: {
        type: 'object',
        required: ['name', 'next'],
        properties: { name: { type: 'string' }, next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
      },
    },
  };

  it('gets an answer that fits it, from the text', () => {
    const value = fitToSchema(undefined, schema, material);
    expect(value).toMatchObject({ title: 'Tides', mood: 'calm', score: 9, flag: true });
    expect(JSON.stringify(value)).toContain('High water');
    expect(fits(schema, value)).toBe(true);
  });

  it('makes any value fit', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => fits(schema, fitToSchema(value as Json, schema, material))));
  });

  it('keeps what fits already', () => {
    const given = {
      title: 'Seas',
      points: ['a', 'b', 'c'],
      mood: 'rough',
      score: 9,
      nested: { name: 'n', next: null },
      maybe: null,
      pair: [1, true],
      flag: true,
      choice: null,
    };
    expect(fitToSchema(given, schema, material)).toEqual(given);
  });

  it('is answered over the call too', () => {
    const body = {
      model: 'steward-offline',
      messages: [{ role: 'user', content: section('intent', text) }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'research.report',
          schema: { type: 'object', required: ['summary'], properties: { summary: { type: 'string' } } },
        },
      },
    };
    expect(JSON.parse(answerBody(body))).toEqual({ summary: expect.stringContaining('moon') });
  });
});

describe('no schema', () => {
  it("is answered in words, headed by the offline model's name", () => {
    const answer = answerBody({ model: 'steward-offline', messages: [{ role: 'user', content: text }] });
    expect(answer.split('\n')[0]).toBe("[Steward's offline model: rules, no language model]");
    expect(answer).toContain('The moon pulls the water.');
  });

  it("with the call named in a section still gets that call's JSON", () => {
    const answer = answerBody({
      model: 'steward-offline',
      response_format: { type: 'json_object' },
      messages: [
        {
          role: 'user',
          content: `${section('call', 'project_planning.plan')}\n\n${section('intent', '- Buy soil\n- Plant beans')}`,
        },
      ],
    });
    expect(JSON.parse(answer)).toMatchObject({ phases: [{ key: 'p1' }] });
  });
});

describe('sections', () => {
  it('may hold text that looks like a section', () => {
    const planned = JSON.parse(
      answerBody(
        planningBody('plan', {
          intent: '- Buy soil\n- Write </section> and <section> in the manual\n- Plant beans',
          now: '2026-11-21T09:00:00Z',
        }),
      ),
    ) as { phases: { description: string }[] };
    expect(planned.phases[0]?.description).toContain('Plant beans');
  });

  it("are found whatever separates the words of the schema's name", () => {
    for (const name of ['project_planning.plan', 'project_planning_plan', 'project_planning-plan']) {
      const body = planningBody('plan', { intent: '- Buy soil\n- Plant beans' });
      const format = { type: 'json_schema', json_schema: { name, schema: {} } };
      expect(JSON.parse(answerBody({ ...body, response_format: format }))).toHaveProperty('phases');
    }
  });
});

describe('an answer longer than the tokens allowed', () => {
  it('is shortened, not broken off', () => {
    const long = Array.from(
      { length: 40 },
      (_, number) => `- Paint wall ${number}: ${'very carefully '.repeat(40)}`,
    ).join('\n');
    const body = planningBody('tasks', { intent: long, parameters: { phase: 'p1' } });
    const answer = answerBody({ ...body, max_tokens: 6_000 });
    expect(answer.length).toBeLessThanOrEqual(24_000);
    expect((JSON.parse(answer) as { tasks: unknown[] }).tasks).toHaveLength(40);
  });
});
