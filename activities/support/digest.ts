import { createHash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import { isList } from '../../src/contract/json.ts';
import type { Json } from '../../src/contract/json.ts';

/** JSON with sorted keys: equal values give equal text, whatever the order in which their keys were set. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const pairs = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const item = value[key];
      return item === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(item)}`];
    });
  return `{${pairs.join(',')}}`;
}

/** SHA-256 (hex) of a value's canonical JSON. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

// Steward's own name space for derived ids; any fixed UUID would do, but it must never change.
const nameSpace = '6f1c1f0e-2d0b-5a0e-9a51-7b6f1c9d4e2a';

/** A UUID (version 5) that is the same for the same name on every retry. */
export function derivedId(name: string): string {
  return uuidV5(name, nameSpace);
}
