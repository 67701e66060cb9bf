import { asList, asObject, isList } from '../json-values.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Material } from './material.ts';

/** What a value is fitted to: the schema with its definitions, and texts for what is missing. */
type Fitting = {
  readonly root: JsonObject;
  readonly material: Material;
  readonly depth: number;
  readonly name: string;
};
/** Schemas that refer to themselves are followed this deep, then left empty. */
const deepest = 12;

function number(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function resolve(schema: Json | undefined, root: JsonObject): JsonObject {
  let found = asObject(schema);
  for (let hops = 0; hops < 8 && typeof found['$ref'] === 'string'; hops += 1) {
    const path = found['$ref']
      .replace(/^#\/?/u, '')
      .split('/')
      .filter((part) => part !== '');
    found = path.reduce<JsonObject>((at, part) => asObject(at[part.replaceAll('~1', '/').replaceAll('~0', '~')]), root);
  }
  return asList(found['allOf']).reduce<JsonObject>((all, part) => ({ ...all, ...resolve(part, root) }), found);
}

function typesOf(schema: JsonObject): readonly string[] {
  const type = schema['type'];
  if (typeof type === 'string') return [type];
  if (isList(type)) return type.filter((each) => typeof each === 'string');
  if ('properties' in schema) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

function typeOf(value: Json | undefined): string {
  if (value === null) return 'null';
  if (isList(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function accepts(schema: JsonObject, value: Json | undefined): boolean {
  const type = typeOf(value);
  if ('const' in schema) return schema['const'] === value;
  if (isList(schema['enum'])) return schema['enum'].includes(value ?? null);
  const types = typesOf(schema);
  return types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'));
}

function branchFor(branches: readonly JsonObject[], value: Json | undefined): JsonObject {
  const matching = value === undefined ? undefined : branches.find((branch) => accepts(branch, value));
  return matching ?? branches.find((branch) => !typesOf(branch).includes('null')) ?? branches[0] ?? {};
}

function fitString(schema: JsonObject, value: Json | undefined, fitting: Fitting): string {
  const format = schema['format'];
  if (typeof value !== 'string' && format === 'date') return '2000-01-01';
  if (typeof value !== 'string' && format === 'date-time') return '2000-01-01T00:00:00Z';
  if (typeof value !== 'string' && format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (typeof value !== 'string' && (format === 'uri' || format === 'url')) return 'https://example.org/';
  const { material, name } = fitting;
  const own = /title|name|label|subject|heading/iu.test(name)
    ? material.title
    : /key|id$|slug|code/iu.test(name)
      ? 'a1'
      : material.summary;
  const text = typeof value === 'string' ? value : own;
  const least = number(schema['minLength']) ?? 0;
  const most = number(schema['maxLength']) ?? Number.POSITIVE_INFINITY;
  const long = text.length >= least ? text : text.padEnd(least, '.');
  return long.length <= most ? long : long.slice(0, most);
}

function fitNumber(schema: JsonObject, value: Json | undefined, whole: boolean): number {
  const step = number(schema['multipleOf']) ?? (whole ? 1 : 0);
  const above = number(schema['exclusiveMinimum']);
  const below = number(schema['exclusiveMaximum']);
  const least = number(schema['minimum']) ?? (above === null ? null : above + (whole ? 1 : 1e-6));
  const most = number(schema['maximum']) ?? (below === null ? null : below - (whole ? 1 : 1e-6));
  const given = typeof value === 'number' && Number.isFinite(value) ? value : (least ?? Math.min(0, most ?? 0));
  const within = Math.min(Math.max(given, least ?? given), most ?? Number.POSITIVE_INFINITY);
  if (step === 0) return within;
  const rounded = Math.round(within / step) * step;
  return rounded < (least ?? rounded) ? rounded + step : rounded > (most ?? rounded) ? rounded - step : rounded;
}

function fitArray(schema: JsonObject, value: Json | undefined, fitting: Fitting): Json {
  const prefix = asList(schema['prefixItems']);
  if (prefix.length > 0) return prefix.map((part, place) => fit(part, asList(value)[place], fitting));
  const least = number(schema['minItems']) ?? 0;
  const most = number(schema['maxItems']) ?? 50;
  const item = resolve(schema['items'], fitting.root);
  const strings = typesOf(item).includes('string') && !('enum' in item);
  const texts = strings
    ? (fitting.material.items.length > 0 ? fitting.material.items : fitting.material.sentences).slice(
        0,
        Math.min(most, 8),
      )
    : [];
  const given: (Json | undefined)[] = isList(value) ? [...value] : [...texts];
  while (given.length < least) given.push(undefined);
  return given.slice(0, most).map((each) => fit(item, each, { ...fitting, depth: fitting.depth + 1 }));
}

function fitObject(schema: JsonObject, value: Json | undefined, fitting: Fitting): Json {
  const properties = asObject(schema['properties']);
  const required = new Set(asList(schema['required']));
  const given = asObject(value);
  const result: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!(name in given) && !required.has(name)) continue;
    result[name] = fit(property, name in given ? given[name] : undefined, {
      ...fitting,
      depth: fitting.depth + 1,
      name,
    });
  }
  if (schema['additionalProperties'] === false) return result;
  const rest = Object.entries(given).filter(([name]) => !(name in properties));
  return { ...result, ...Object.fromEntries(rest) };
}

function fit(raw: Json | undefined, value: Json | undefined, fitting: Fitting): Json {
  const schema = resolve(raw, fitting.root);
  if ('const' in schema) return schema['const'] ?? null;
  const options = asList(schema['enum']);
  if (options.length > 0) return value !== undefined && options.includes(value) ? value : (options[0] ?? null);
  const branches = [...asList(schema['anyOf']), ...asList(schema['oneOf'])].map((branch) =>
    resolve(branch, fitting.root),
  );
  // Where nothing may stand and nothing is given, a schema that refers to itself ends.
  if (value === undefined && fitting.depth > 2 && branches.some((branch) => typesOf(branch).includes('null')))
    return null;
  if (branches.length > 0) return fit(branchFor(branches, value), value, fitting);
  const types = typesOf(schema);
  if (types.length === 0) return value ?? (fitting.depth === 0 ? { summary: fitting.material.summary } : null);
  if (types.includes('null') && (value === null || value === undefined || fitting.depth > deepest)) return null;
  const type =
    types.find((each) => each === typeOf(value) || (each === 'number' && typeof value === 'number')) ??
    types.find((each) => each !== 'null') ??
    'null';
  if (type === 'object') return fitting.depth > deepest ? {} : fitObject(schema, value, fitting);
  if (type === 'array') return fitting.depth > deepest ? [] : fitArray(schema, value, fitting);
  if (type === 'string') return fitString(schema, value, fitting);
  if (type === 'boolean') return typeof value === 'boolean' ? value : false;
  return type === 'null' ? null : fitNumber(schema, value, type === 'integer');
}

/**
 * Makes a value one that `schema` allows, keeping what already fits: unknown properties go, missing ones are filled
 * from the text (first choice of an enum, least number, its sentences and list entries), what is too long is cut.
 */
export function fitToSchema(value: Json | undefined, schema: JsonObject, material: Material): Json {
  return fit(schema, value, { root: schema, material, depth: 0, name: '' });
}
