import type { ActivityDeps } from '../../deps.ts';
import { digestOf } from '../../support/digest.ts';
import { assertNotCancelled, epochOf, stepEffectKey, stepFence } from '../../support/effect-key.ts';
import { asJson } from '../../support/json-value.ts';
import { once } from '../../support/once.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Applied, ApplyParams } from '../api.ts';
import type { Executed, OperationContext } from '../operations/executor.ts';
import { finishStep, startStep, writeChanges } from '../project-changes.ts';
import type { LockedRun } from '../project-changes.ts';
import { applyAll, summarize } from './apply-all.ts';
import type { Applying, Execute } from './apply-one.ts';
import { markChoice, settleProposal } from './mark.ts';
import { checkAccepted, lockProposal } from './stored-proposal.ts';
import type { StoredOperation } from './stored-proposal.ts';

/** A family of operations: those that one activity applies, and how. */
export type Family = {
  readonly name: 'records' | 'calendar';
  readonly includes: (stored: StoredOperation) => boolean;
  readonly execute: (context: OperationContext, stored: StoredOperation) => Promise<Executed>;
  /** Does several in order, all or none: see `OperationExecutor.executeTogether`. */
  readonly executeAll: (context: OperationContext, all: readonly StoredOperation[]) => Promise<readonly Executed[]>;
};

type Work = {
  readonly deps: ActivityDeps;
  readonly family: Family;
  readonly applying: Applying;
  readonly run: LockedRun;
};

async function applyOperations(tx: Tx, { deps, family, applying, run }: Work, at: string): Promise<Applied> {
  const { params } = applying;
  const { proposalId, step } = params;
  const proposal = await lockProposal(tx, params);
  checkAccepted(proposal, { digest: params.digest, ids: params.accepted });
  await startStep(tx, run, { step, input: { proposalId, accepted: params.accepted.length }, at });
  await markChoice(tx, { proposal, accepted: params.accepted });
  const mine = proposal.operations.filter(family.includes);
  const context = { tx, userId: params.run.userId, runId: params.run.runId };
  const execute: Execute = {
    one: async (stored) => await family.execute(context, stored),
    all: async (all) => await family.executeAll(context, all),
  };
  const failed = await applyAll(tx, applying, { proposal, mine, execute });
  if (failed.length > 0)
    deps.log.warn(
      { runId: params.run.runId, proposalId, failed: failed.length },
      'Operations of a proposal were not applied.',
    );
  const operations = await settleProposal(tx, { proposal, at });
  return await report(tx, { family, applying, run, operations }, at);
}

/** The step and the event tell of all families so far; the workflow adds the families up itself. */
async function report(
  tx: Tx,
  { family, applying, run, operations }: Omit<Work, 'deps'> & { readonly operations: readonly StoredOperation[] },
  at: string,
): Promise<Applied> {
  const { params } = applying;
  const { proposalId, step } = params;
  const done = operations.filter((stored) => stored.status !== 'accepted');
  const output = asJson(summarize(proposalId, done));
  const mine = summarize(proposalId, operations.filter(family.includes));
  const key = `apply:${family.name}:${proposalId}:${step.path}#${String(step.iteration)}`;
  const told = [{ key, type: 'operations.applied', data: { ...mine, family: family.name }, at } as const];
  await finishStep(tx, run, { step, status: 'completed', output, reasoning: null, cost: null, error: null, at, told });
  return mine;
}

/**
 * Applies the accepted operations of one family in one transaction, each once. Throws `stale_digest`, `conflict`,
 * `invalid_input`, `not_found`, and `stale_attempt` to an attempt that a later one has taken over from.
 */
export async function applyFamily(deps: ActivityDeps, family: Family, params: ApplyParams): Promise<Applied> {
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, params);
    const { step, proposalId, digest, accepted } = params;
    const { runId, userId } = params.run;
    const applying = { params, epoch: epochOf(run.epochs, step.number), attempt: stepFence(step) };
    const key = stepEffectKey(runId, { step, epoch: applying.epoch, name: `apply:${family.name}:${proposalId}` });
    const requestHash = digestOf({ proposalId, digest, accepted });
    const claim = {
      key,
      runId,
      userId,
      stepNumber: step.number,
      name: `apply:${family.name}`,
      requestHash,
      attempt: applying.attempt,
    };
    return once(tx, claim, () => applyOperations(tx, { deps, family, applying, run }, deps.now().toISOString()));
  });
}
