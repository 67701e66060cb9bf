import type { Json, JsonObject } from '../../contract/json.ts';
import type { WorkflowTypeView } from '../../contract/views.ts';
import type { OpenApiDocument } from './build-document.ts';

/** References within a schema point at its own root; inside the document that root lies elsewhere. */
function moveReferences(value: Json, root: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => moveReferences(item, root));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]: [string, Json]) => {
    const moved =
      key === '$ref' && typeof child === 'string' && child.startsWith('#')
        ? root + child.slice(1)
        : moveReferences(child, root);
    return [key, moved] as const;
  });
  return Object.fromEntries(entries);
}

function component(schema: JsonObject, name: string): Json {
  const { $schema: _dialect, $id: _id, ...rest } = schema;
  return moveReferences(rest, `#/components/schemas/${name}`);
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, first: string) => first.toUpperCase());
}

function componentsOf(type: WorkflowTypeView): Readonly<Record<string, Json>> {
  const name = pascal(type.name);
  const [input, options, result] = [`${name}Input`, `${name}Options`, `${name}Result`];
  const start = {
    title: type.title,
    description: type.description,
    properties: {
      type: { const: type.name },
      input: { $ref: `#/components/schemas/${input}` },
      options: { $ref: `#/components/schemas/${options}` },
    },
  };
  return {
    [input]: component(type.inputSchema, input),
    [options]: component(type.optionsSchema, options),
    [result]: component(type.resultSchema, result),
    [`Start${name}`]: start,
  };
}

/**
 * Adds what each workflow type takes and gives. The types come as JSON Schema (from any catalog, this process's or not),
 * so they join the finished document and not its zod sources. Schemas of JSON fit the library's own type.
 */
export function addWorkflowTypes(document: OpenApiDocument, types: readonly WorkflowTypeView[]): OpenApiDocument {
  if (types.length === 0) return document;
  const added = Object.assign({}, ...types.map(componentsOf)) as NonNullable<
    NonNullable<OpenApiDocument['components']>['schemas']
  >;
  const schemas = { ...document.components?.schemas, ...added };
  const start = schemas['StartRun'];
  const variants = types.map((type) => ({ $ref: `#/components/schemas/Start${pascal(type.name)}` }));
  const examples = types.flatMap((type) => type.examples.map((input) => ({ type: type.name, input })));
  const merged = typeof start !== 'object' ? {} : { StartRun: { ...start, anyOf: variants, examples } };
  return { ...document, components: { ...document.components, schemas: { ...schemas, ...merged } } };
}
