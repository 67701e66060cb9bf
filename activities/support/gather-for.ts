import type { FactName, FactSheet } from '../../src/contract/facts.ts';
import type { SourceSearch } from '../../src/contract/facts/source-facts.ts';
import type { JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { ActivityDeps } from '../deps.ts';
import { gatherFacts } from './gather-facts.ts';
import { findSources } from './sources/find-sources.ts';
import type { Tx } from './transaction.ts';

/** What says which facts it needs: a call, a computation, a draft. */
export type NeedsFacts = {
  readonly facts: readonly FactName[];
  search?(facts: FactSheet, params: JsonObject): SourceSearch | null;
};

type Gathering = {
  readonly deps: Pick<ActivityDeps, 'now'>;
  readonly run: RunRef;
  readonly needs: NeedsFacts;
  readonly params: JsonObject;
};

/** The facts that something needs, with what its own search finds. */
export async function gatherFor(tx: Tx, { deps, run, needs, params }: Gathering): Promise<FactSheet> {
  const facts = await gatherFacts(tx, { deps, run, facts: needs.facts });
  const search = needs.search?.(facts, params) ?? null;
  if (search === null) return facts;
  return { ...facts, found: await findSources(tx, { userId: run.userId, search }) };
}
