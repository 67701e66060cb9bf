import { attemptBaseMs } from '../../../src/contract/attempts.ts';
import { StewardError, invalidInput } from '../../../src/contract/errors.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import type { WorkflowContract } from '../../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../../deps.ts';
import { excerptOf } from '../../support/excerpt.ts';
import { gatherFacts } from '../../support/gather-facts.ts';
import type { Tx } from '../../support/transaction.ts';
import type { AdmitParams, AdmitResult } from '../api.ts';
import { readStartArgument } from '../schema.ts';
import { checkStart } from './check-start.ts';
import type { CheckedStart } from './check-start.ts';
import { estimateReservations, factsOf } from './estimate.ts';
import { findRun } from './find-run.ts';
import type { Start } from './find-run.ts';
import { checkReferences } from '../../../src/runs/references.ts';
import { refuseRun } from './refuse-run.ts';
import { registerRun } from './register-run.ts';
import { beginBrainDump } from '../changes/brain-dump-status.ts';

// The workflow needs an idea of the input, not all of it: whole texts stay in the run's row.
const historyLimits = { chars: 1_000, items: 200 };

type Admission =
  { readonly ok: true; readonly result: AdmitResult } | { readonly ok: false; readonly error: StewardError };
type Work = {
  readonly tx: Tx;
  readonly deps: ActivityDeps;
  readonly params: AdmitParams;
  readonly contract: WorkflowContract;
  readonly start: Start;
  readonly at: string;
};

function findContract(deps: ActivityDeps, type: string): WorkflowContract {
  const contract = deps.catalog.get(type);
  if (contract !== undefined) return contract;
  const known = deps.catalog.names();
  throw new StewardError(
    'unknown_workflow_type',
    `There is no workflow type ${type}; there are: ${known.join(', ')}.`,
    { details: { known: [...known] } },
  );
}

function notFound(problems: readonly Problem[]): StewardError {
  const [first] = problems;
  return new StewardError('not_found', first === undefined ? 'Not found.' : `${first.path}: ${first.message}`, {
    details: { problems },
  });
}

async function refuse({ tx, params, contract, start, at }: Work, error: StewardError): Promise<Admission> {
  const { input, options } = start;
  const registration = {
    params,
    start,
    name: start.name ?? contract.title,
    input,
    options,
    contractVersion: contract.version,
    at,
  };
  await refuseRun(tx, { registration, error });
  return { ok: false, error };
}

async function accept(
  { tx, deps, params, contract, start, at }: Work,
  checked: CheckedStart & { readonly projectId: string | null },
): Promise<Admission> {
  const { input, options, limits, projectId } = checked;
  const name = start.name ?? contract.nameRun(input);
  await registerRun(tx, {
    params,
    start,
    name,
    input,
    options,
    limits,
    projectId,
    contractVersion: contract.version,
    at,
  });
  await beginBrainDump(tx, { userId: start.run.userId, input });
  const facts = await gatherFacts(tx, { deps, run: start.run, facts: factsOf(contract) });
  const result: AdmitResult = {
    run: start.run,
    name,
    projectId,
    input: excerptOf(input, historyLimits),
    options,
    limits,
    contractVersion: contract.version,
    phases: contract.phases.map((phase) => phase.name),
    timing: deps.requestTiming,
    reservations: estimateReservations(deps, contract, facts),
    ...(start.maxAttempts === 1
      ? {}
      : { attempts: { maxAttempts: start.maxAttempts, baseMs: deps.attemptBaseMs ?? attemptBaseMs } }),
  };
  return { ok: true, result };
}

async function admitStart(work: Work): Promise<Admission> {
  const { tx, contract, start } = work;
  const checked = checkStart(contract, start);
  if (!checked.ok) return await refuse(work, invalidInput(checked.problems));
  const { projectId, problems } = await checkReferences(tx, { userId: start.run.userId, input: checked.value.input });
  return problems.length > 0
    ? await refuse(work, notFound(problems))
    : await accept(work, { ...checked.value, projectId });
}

/**
 * Checks the start of a run against its type's contract and registers the run, whoever started it. Throws
 * `unknown_workflow_type`, `invalid_input` with every wrong field, `not_found` for a project or task that is not there;
 * a run that may not start is written as failed.
 */
export async function admit(deps: ActivityDeps, params: AdmitParams): Promise<AdmitResult> {
  const contract = findContract(deps, params.type);
  const argument = readStartArgument(params.argument);
  // Before the transaction: whoever asks for the local user may need one of their own.
  const userId = argument.userId ?? (await deps.localUserId());
  const at = deps.now().toISOString();
  const admission = await deps.database.asService(async (tx) => {
    const start = await findRun(tx, { params, argument, userId });
    return await admitStart({ tx, deps, params, contract, start, at });
  });
  // Thrown after the commit: the refusal stays on record.
  if (!admission.ok) throw admission.error;
  return admission.result;
}
