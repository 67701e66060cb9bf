import type { JsonObject } from '../../../src/contract/json.ts';
import type { Tx } from '../transaction.ts';
import type { Person } from './person.ts';

/** What a gatherer reads for: the run's person, what its input names, and its transaction. */
export type FactScope = {
  readonly tx: Tx;
  readonly userId: string;
  readonly runId: string;
  readonly projectId: string | null;
  readonly taskId: string | null;
  readonly input: JsonObject;
  readonly now: Date;
  readonly person: Person;
};

/** A text of the input, or null. */
export function textOf(input: JsonObject, key: string): string | null {
  const value = input[key];
  return typeof value === 'string' ? value : null;
}
