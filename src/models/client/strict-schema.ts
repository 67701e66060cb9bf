import { isList } from '../../contract/json.ts';
import type { Json, JsonObject } from '../../contract/json.ts';

// What OpenAI's strict mode takes; every other keyword is answered with status 400.
const strictKeywords = new Set([
  '$defs',
  '$ref',
  '$schema',
  'additionalProperties',
  'anyOf',
  'const',
  'description',
  'enum',
  'items',
  'properties',
  'required',
  'title',
  'type',
]);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function objectAllows(schema: JsonObject): boolean {
  if (!isObject(schema['properties'])) return schema['type'] !== 'object';
  const all = listOf(schema['required']);
  return (
    schema['additionalProperties'] === false && Object.keys(schema['properties']).every((name) => all.includes(name))
  );
}

function children(schema: JsonObject): readonly Json[] {
  const maps = [schema['properties'], schema['$defs']].flatMap((map) => (isObject(map) ? Object.values(map) : []));
  const items = schema['items'] === undefined ? [] : [schema['items']];
  return [...maps, ...items, ...listOf(schema['anyOf'])];
}

function nodeAllows(schema: Json): boolean {
  if (!isObject(schema)) return false;
  return (
    Object.keys(schema).every((key) => strictKeywords.has(key)) &&
    objectAllows(schema) &&
    children(schema).every(nodeAllows)
  );
}

/** Whether a JSON Schema can be enforced to the letter: an object, closed, all of it required, with simple keywords only. */
export function allowsStrict(schema: JsonObject): boolean {
  return schema['type'] === 'object' && nodeAllows(schema);
}
