import type { Reservation } from '../../../src/contract/budget.ts';
import type { FactName, FactSheet } from '../../../src/contract/facts.ts';
import type { AnyCall, WorkflowContract } from '../../../src/schemas/workflow-contract.ts';
import { callOverheadTokens, estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import type { ModelService } from '../../../src/models/model-service.ts';

type Bounds = { readonly models: Pick<ModelService, 'bound'> };

function tokensOf(value: unknown): number {
  return value === null ? 0 : estimateTokens(JSON.stringify(value));
}

function promptTokens(facts: FactSheet, call: AnyCall): number {
  if (call.largest !== undefined) return tokensOf(call.largest(facts)) + callOverheadTokens;
  return call.facts.reduce((sum, name) => sum + tokensOf(facts[name]), tokensOf(facts.input) + callOverheadTokens);
}

function reservationOf(deps: Bounds, facts: FactSheet, call: AnyCall): Reservation {
  const { usd, tokens } = deps.models.bound({
    profile: call.profile,
    promptTokens: promptTokens(facts, call),
    maxOutputTokens: call.maxOutputTokens,
  });
  return { usd, tokens };
}

/** All facts that calls of the type look at. */
export function factsOf(contract: WorkflowContract): readonly FactName[] {
  return [...new Set(Object.values(contract.calls).flatMap((call) => call.facts))];
}

/** What to set aside for the first attempt of each call: from the size of what it will look at, at the model that is asked first. */
export function estimateReservations(
  deps: Bounds,
  contract: WorkflowContract,
  facts: FactSheet,
): Readonly<Record<string, Reservation>> {
  return Object.fromEntries(
    Object.entries(contract.calls).map(([name, call]) => [name, reservationOf(deps, facts, call)]),
  );
}
