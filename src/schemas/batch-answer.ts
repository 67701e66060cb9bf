import type { Problem } from '../contract/errors.ts';

/**
 * What is wrong with a batch's answer: items that were asked for and are missing, keys that nobody asked for, keys given
 * twice. For the `check` of a call that `run.batched` makes; `path` is where the answer's list lies.
 */
export function batchProblems(
  asked: readonly string[],
  answered: readonly { readonly key: string }[],
  path = 'items',
): readonly Problem[] {
  const known = new Set(asked);
  const keys = answered.map((item) => item.key);
  const given = new Set(keys);
  const missing = asked
    .filter((key) => !given.has(key))
    .map((key) => ({ path, message: `"${key}" is missing: answer every item` }));
  const wrong = keys.flatMap((key, index) => {
    const at = `${path}.${index}.key`;
    if (!known.has(key)) return [{ path: at, message: `"${key}" is no item that was asked for` }];
    return keys.indexOf(key) < index ? [{ path: at, message: `"${key}" is there twice` }] : [];
  });
  return [...missing, ...wrong];
}
