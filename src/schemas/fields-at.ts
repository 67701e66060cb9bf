import { z } from 'zod';

type Node = {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
};

type Root = Node & { readonly $defs?: Readonly<Record<string, Node>> };

function step(node: Node, key: string): readonly Node[] {
  const inner = [node.properties?.[key], node.items, node.additionalProperties];
  return inner.filter((each): each is Node => typeof each === 'object').slice(0, 1);
}

/** A schema and its alternatives, however deep they are nested; a name is followed once. */
function flat(node: Node, root: Root, seen: readonly string[] = []): readonly Node[] {
  const { $ref } = node;
  if ($ref !== undefined) {
    const named = root.$defs?.[$ref.replace('#/$defs/', '')];
    return named === undefined || seen.includes($ref) ? [] : flat(named, root, [...seen, $ref]);
  }
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [node, ...parts.flatMap((part) => flat(part, root, seen))];
}

/** Names of the fields that an object at a path of what the schema reads may have. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  // zod writes plain JSON Schema, of which only the parts named in `Node` are read.
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Root;
  const at = path.reduce<readonly Node[]>(
    (nodes, key) => nodes.flatMap((node) => step(node, String(key))).flatMap((node) => flat(node, root)),
    flat(root, root),
  );
  return [...new Set(at.flatMap((node) => Object.keys(node.properties ?? {})))];
}
