import type { z } from 'zod';
import type { Problem } from '../contract/errors.ts';

/** The faults that zod found, one problem per field, with dotted paths (`input.userPrompt`, `operations.0`). */
export function problemsOf(error: z.ZodError, prefix = ''): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path: path === '' ? 'body' : path, message: issue.message }];
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'there is no such field' }));
  });
}
