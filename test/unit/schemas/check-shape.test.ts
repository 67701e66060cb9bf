import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkShape } from '../../../src/schemas/check-shape.ts';
import { catalog } from '../../../workflows/catalog.ts';

const person = z.strictObject({ first_name: z.string().optional(), age: z.number().optional() }).meta({ id: 'Person' });
const shape = z.strictObject({
  title: z.string(),
  people: z.array(person).optional(),
  byRole: z.record(z.string(), person.nullable()).optional(),
  limit: z.union([z.number(), z.strictObject({ usd: z.number() })]).optional(),
});

function problems(value: unknown, prefix = ''): unknown {
  const checked = checkShape(shape, value, prefix);
  return checked.ok ? [] : checked.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a value that does not fit its shape', () => {
  test('is told of a field that is none, and of the one that was meant', () => {
    expect(problems({ title: 'x', titel: 'y' }, 'input')).toEqual([
      'input.titel: there is no such field; did you mean title?',
    ]);
    expect(problems({ title: 'x', people: [{ firstName: 'Ada' }] })).toEqual([
      'people.0.firstName: there is no such field; did you mean first_name?',
    ]);
    expect(problems({ title: 'x', byRole: { cook: { agee: 3 } } })).toEqual([
      'byRole.cook.agee: there is no such field; did you mean age?',
    ]);
  });

  test('is told the fields there are where none is near', () => {
    expect(problems({ title: 'x', colour: 'red' })).toEqual([
      'colour: there is no such field; the fields are: title, people, byRole, limit',
    ]);
  });

  test('is told of every problem at once, with the path of each', () => {
    expect(problems({ people: [{ age: 'old' }] })).toEqual([
      expect.stringMatching(/^title: /),
      expect.stringMatching(/^people\.0\.age: /),
    ]);
    expect(problems(3)).toEqual([expect.stringMatching(/^body: /)]);
  });

  test('gets a short answer to a name without end', () => {
    expect(problems({ title: 'x', ['a'.repeat(10_000)]: 1 })).toEqual([
      expect.stringMatching(/: there is no such field$/),
    ]);
  });
});

test.each(catalog.names())('an input of %s with a slip of the keyboard is led to the field that is there', (type) => {
  const [contract] = catalog.list().filter(({ name }) => name === type);
  expect(contract && checkShape(contract.options, { maxcost: 1 })).toMatchObject({
    ok: false,
    problems: [{ path: 'maxcost', message: 'there is no such field; did you mean maxCost?' }],
  });
});
