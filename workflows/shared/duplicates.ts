import type { Problem } from '../../src/contract/errors.ts';

/** A problem for each key that was used before. */
export function duplicates(keys: readonly string[], path: string): readonly Problem[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: `${path}.${index}.key`, message: `"${key}" is used twice; keys are unique` }];
  });
}
