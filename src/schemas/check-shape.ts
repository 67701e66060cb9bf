import { closestMatch } from 'leven';
import type { z } from 'zod';
import type { Problem } from '../contract/errors.ts';
import { fieldsAt } from './fields-at.ts';

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

// Longer lists than this are looked up rather than read.
const mostListed = 12;

/** The way out for a field that is none: the one that was probably meant, else those there are. */
export function unknownField(name: string, fields: readonly string[]): string {
  return `there is no such field${wayOut(name, fields)}`;
}

function wayOut(name: string, fields: readonly string[]): string {
  const plain = (text: string): string => text.replaceAll(/[_-]/g, '').toLowerCase();
  if (name.length > 60) return '';
  const same = fields.find((field) => plain(field) === plain(name));
  const meant = same ?? closestMatch(name, [...fields], { maxDistance: Math.ceil(name.length / 3) });
  if (meant !== undefined) return `; did you mean ${meant}?`;
  return fields.length > 0 && fields.length <= mostListed ? `; the fields are: ${fields.join(', ')}` : '';
}

/**
 * What a schema makes of a value, or every problem at once: one per field, with dotted paths (`input.userPrompt`,
 * `operations.0`) behind `prefix`.
 */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown, prefix = ''): Checked<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.flatMap((issue): readonly Problem[] => {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path: path === '' ? 'body' : path, message: issue.message }];
    const fields = fieldsAt(schema, issue.path);
    return issue.keys.map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      message: unknownField(key, fields),
    }));
  });
  return { ok: false, problems };
}
