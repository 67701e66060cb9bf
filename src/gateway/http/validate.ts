import { z } from 'zod';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import { checkShape } from '../../schemas/check-shape.ts';
import type { Checked } from '../../schemas/check-shape.ts';
import { findUnsafe } from './json-safety.ts';

/** A request's input as it came: path parameters, query and body. */
export type RawInput = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

type InputSchemas<Params, Query, Body> = {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
};

// A schema that a route leaves out means that it looks at no such input.
const nothing = z.unknown().transform(() => undefined);

function firstProblem(problems: readonly Problem[]): string {
  const [first] = problems;
  return first === undefined ? '' : `${first.path}: ${first.message}`;
}

/**
 * Checks query and body together, so that one answer names every wrong field. A path parameter that can't be an id names
 * nothing that exists: `not_found`.
 */
export function parseInput<Params, Query, Body>(
  schemas: InputSchemas<Params, Query, Body>,
  raw: RawInput,
): { params: Params; query: Query; body: Body } {
  const params = readPart(schemas.params, raw.params);
  if (!params.ok)
    throw new StewardError('not_found', `There is nothing at this address (${firstProblem(params.problems)}).`);
  const unsafe = [...findUnsafe(raw.query), ...findUnsafe(raw.body)];
  if (unsafe.length > 0) throw invalidInput(unsafe);
  const query = readPart(schemas.query, raw.query);
  const body = readPart(schemas.body, raw.body);
  if (query.ok && body.ok) return { params: params.value, query: query.value, body: body.value };
  throw invalidInput([...(query.ok ? [] : query.problems), ...(body.ok ? [] : body.problems)]);
}

function readPart<T>(schema: z.ZodType<T> | undefined, value: unknown): Checked<T> {
  return checkShape(schema ?? withoutSchema<T>(), value);
}

/** The one cast here: `defineRoute` infers `undefined` for the type of a part whose schema is left out. */
function withoutSchema<T>(): z.ZodType<T> {
  return nothing as unknown as z.ZodType<T>;
}
