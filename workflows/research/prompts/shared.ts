import type { JsonObject } from '../../../src/contract/json.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { situation } from '../../shared/situation.ts';
import type { Research } from '../contract.ts';
import { questionOf } from '../question.ts';

type Calls = Research['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

/** Who asks what, and when. */
export function asking(facts: FactSheet): JsonObject {
  return { ...situation(facts), intent: questionOf(facts) };
}
