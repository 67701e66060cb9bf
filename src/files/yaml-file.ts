import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { invalidInput } from '../contract/errors.ts';

/** A YAML file as it was read. `place` says where a field is, as `file:line:field`; a missing one is where its parent is. */
export type YamlFile = { readonly value: unknown; readonly place: (path: readonly PropertyKey[]) => string };

/** Reads YAML. Throws `invalid_input` with `file:line` where it is none, or a bomb of aliases. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  const [fault] = document.errors;
  if (fault !== undefined)
    throw invalidInput([{ path: `${file}:${lines.linePos(fault.pos[0]).line}`, message: fault.message }]);
  return {
    // An empty file says nothing.
    value: document.toJS() ?? {},
    place(path) {
      const field = path.map(String).join('.');
      for (let depth = path.length; depth > 0; depth -= 1) {
        const node: unknown = document.getIn(path.slice(0, depth), true);
        const start = isNode(node) ? node.range?.[0] : undefined;
        if (start !== undefined) return `${file}:${lines.linePos(start).line}:${field}`;
      }
      return `${file}:1:${field}`;
    },
  };
}

// A name that is refused has its own reason one level deeper.
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** Checks a file's content. Throws `invalid_input` naming everything that is wrong with it, and where. */
export function checkYaml<T>(yaml: YamlFile, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map((issue) => ({ path: yaml.place(issue.path), message: messageOf(issue) })));
}
