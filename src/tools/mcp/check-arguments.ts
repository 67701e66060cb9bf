import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Problem } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json.ts';

const mostProblems = 10;
// Servers use keywords of their own and formats that nobody defined: neither makes a schema unusable.
const options = { strict: false, validateFormats: false, allErrors: true, logger: false } as const;

function compile(schema: JsonObject): ValidateFunction {
  // Without `$schema` it is 2020-12, as MCP has it. A new instance each: schemas of two servers may share an `$id`.
  const dialect = schema['$schema'];
  const older = typeof dialect === 'string' && /draft-0[67]/.test(dialect);
  return older ? new Ajv(options).compile(schema) : new Ajv2020(options).compile(schema);
}

function fieldOf(error: ErrorObject): string {
  const inner: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
  const parts = error.instancePath.split('/').slice(1);
  return [...parts, ...(typeof inner === 'string' ? [inner] : [])].join('.') || 'arguments';
}

function problemOf(error: ErrorObject): Problem {
  const path = fieldOf(error);
  if (error.keyword === 'required') return { path, message: 'is missing' };
  if (error.keyword === 'additionalProperties') return { path, message: 'there is no such field' };
  return { path, message: error.message ?? 'does not fit' };
}

/** Makes a check of arguments by a tool's JSON Schema. Throws when the schema is none. */
export function argumentCheck(schema: JsonObject): (args: unknown) => readonly Problem[] {
  const validate = compile(schema);
  return (args) => (validate(args) ? [] : (validate.errors ?? []).slice(0, mostProblems).map(problemOf));
}
