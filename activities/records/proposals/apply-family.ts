import type { ActivityDeps } from '../../deps.ts';
import { claimEffect, finishEffect } from '../../../src/db/effects.ts';
import { digestOf } from '../../support/digest.ts';
import { assertNotCancelled, epochOf, stepEffectKey, stepFence } from '../../support/effect-key.ts';
import { asJson } from '../../support/json-value.ts';
import { tellProgress } from '../../support/progress.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Applied, ApplyParams } from '../api.ts';
import type { Executed, OperationContext } from '../operations/executor.ts';
import { addEvents, finishStep, startStep, writeChanges } from '../project-changes.ts';
import type { LockedRun } from '../project-changes.ts';
import { applyAll } from './apply-all.ts';
import type { Applying, Execute } from './apply-one.ts';
import { markChoice, settleProposal, undecided } from './mark.ts';
import { nextToApply, requiredStatuses } from './operation-rows.ts';
import type { FamilyName } from './operation-rows.ts';
import { checkApplicable, lockProposal, readAccepted } from './stored-proposal.ts';
import type { Accepted, StoredOperation } from './stored-proposal.ts';
import { countOperations, tallyApplied } from './tally.ts';

/** A family of operations: those that one activity applies, and how. */
export type Family = {
  readonly name: FamilyName;
  readonly execute: (context: OperationContext, stored: StoredOperation) => Promise<Executed>;
  /** Does several in order, all or none: see `OperationExecutor.executeTogether`. */
  readonly executeAll: (context: OperationContext, all: readonly StoredOperation[]) => Promise<readonly Executed[]>;
};

// All of a usual plan goes into one transaction. Others wait for the run's row meanwhile, and on the embedded database for
// everything: some hundred operations keep that at about a second.
const batchSize = 500;

/** Where an attempt is: what was accepted, and the position up to which it has applied. */
type Place = { readonly accepted: Accepted; readonly after: number };
type Part = { readonly done: Applied } | { readonly next: Place; readonly progress: { readonly applied: number } };

type Work = {
  readonly deps: ActivityDeps;
  readonly family: Family;
  readonly applying: Applying;
  readonly run: LockedRun;
  readonly at: string;
};

/** What an attempt does before its first batch. */
async function begin(tx: Tx, { applying, run, at }: Work): Promise<Place> {
  const { params } = applying;
  const { proposalId, step } = params;
  const { accepted, marked } = await readAccepted(tx, params);
  const count = params.choice?.accepted ?? params.accepted.length;
  await startStep(tx, run, { step, input: { proposalId, accepted: count }, at });
  if (!marked) await markChoice(tx, { proposalId, accepted, statuses: undecided });
  return { accepted, after: 0 };
}

async function applyBatch(tx: Tx, work: Work, place: Place): Promise<number | null> {
  const { deps, family, applying } = work;
  const { params } = applying;
  const { proposalId } = params;
  const open = await nextToApply(tx, { proposalId, family: family.name, size: batchSize, ...place });
  const required = await requiredStatuses(tx, { proposalId, operations: open });
  const context = { tx, userId: params.run.userId, runId: params.run.runId };
  const execute: Execute = {
    one: async (stored) => await family.execute(context, stored),
    all: async (all) => await family.executeAll(context, all),
  };
  const failed = await applyAll(tx, applying, { open, required, execute });
  if (failed > 0)
    deps.log.warn({ runId: params.run.runId, proposalId, failed }, 'Operations of a proposal were not applied.');
  return open.length < batchSize ? null : (open.at(-1)?.position ?? null);
}

/** The step and the event tell of all families so far; the workflow adds the families up itself. */
async function report(tx: Tx, { family, applying, run, at }: Work): Promise<Applied> {
  const { params } = applying;
  const { proposalId, step } = params;
  const counts = await countOperations(tx, proposalId);
  await settleProposal(tx, { proposalId, counts, at });
  const output = asJson(await tallyApplied(tx, { proposalId, counts, family: null }));
  const mine = await tallyApplied(tx, { proposalId, counts, family: family.name });
  const key = `apply:${family.name}:${proposalId}:${step.path}#${String(step.iteration)}`;
  const told = [{ key, type: 'operations.applied', data: { ...mine, family: family.name }, at } as const];
  await finishStep(tx, run, { step, status: 'completed', output, reasoning: null, cost: null, error: null, at, told });
  return mine;
}

async function tellWatchers(tx: Tx, { family, applying, run, at }: Work, place: Place): Promise<{ applied: number }> {
  const { proposalId, step } = applying.params;
  const counts = await countOperations(tx, proposalId);
  const { applied } = await tallyApplied(tx, { proposalId, counts, family: family.name });
  const key = `apply:${family.name}:${proposalId}:${step.path}#${String(step.iteration)}:${String(place.after)}`;
  const data = { proposalId, family: family.name, doing: 'apply', done: applied };
  await addEvents(tx, run, [{ key, type: 'operations.progress', data, at }]);
  return { applied };
}

async function applyPart(tx: Tx, work: Work, place: Place | null): Promise<Part> {
  const { params } = work.applying;
  checkApplicable(await lockProposal(tx, params), params);
  const from = place ?? (await begin(tx, work));
  const after = await applyBatch(tx, work, from);
  if (after === null) return { done: await report(tx, work) };
  const next = { ...from, after };
  return { next, progress: await tellWatchers(tx, work, next) };
}

/**
 * Does the next batch under the key of the whole, which is finished with the last one: an attempt that a later one has
 * taken over from commits none any more.
 */
async function applyNext(
  tx: Tx,
  { deps, family, params }: { readonly deps: ActivityDeps; readonly family: Family; readonly params: ApplyParams },
  place: Place | null,
): Promise<Part> {
  const run = await writeChanges(tx, place === null ? params : { run: params.run, changes: [] });
  const { step, proposalId, digest, accepted, choice } = params;
  const { runId, userId } = params.run;
  const attempt = stepFence(step);
  const epoch = epochOf(run.epochs, step.number);
  const name = `apply:${family.name}`;
  const key = stepEffectKey(runId, { step, epoch, name: `${name}:${proposalId}` });
  const requestHash = digestOf({ proposalId, digest, accepted, ...(choice === undefined ? {} : { choice }) });
  const claim = { key, runId, userId, stepNumber: step.number, name, requestHash, attempt };
  const claimed = await claimEffect(tx, claim);
  // The key names what its result is: only this same work stores a result under it.
  if (claimed.kind === 'done') return { done: claimed.result as unknown as Applied };
  const at = deps.now().toISOString();
  const part = await applyPart(tx, { deps, family, applying: { params, epoch, attempt }, run, at }, place);
  // All is done and nothing is committed: a worker that was stopped meanwhile must not commit.
  assertNotCancelled();
  if ('done' in part) await finishEffect(tx, { key, attempt, status: 'done', result: asJson(part.done) });
  return part;
}

/**
 * Applies the accepted operations of one family, each once: all in one transaction, or some hundred in each. Throws
 * `stale_digest`, `conflict`, `invalid_input`, `not_found`, and `stale_attempt` to an attempt that a later one has taken
 * over from.
 */
export async function applyFamily(deps: ActivityDeps, family: Family, params: ApplyParams): Promise<Applied> {
  let place: Place | null = null;
  for (;;) {
    assertNotCancelled();
    const from: Place | null = place;
    const part: Part = await deps.database.asService(async (tx) => await applyNext(tx, { deps, family, params }, from));
    if ('done' in part) return part.done;
    place = part.next;
    tellProgress(part.progress);
  }
}
