import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { errorCodes, StewardError } from '../../../contract/errors.ts';
import { isFinished } from '../../../contract/run.ts';
import type { RunRef } from '../../../contract/run.ts';
import type { UndoResult } from '../../runs-api.ts';
import type { CallContext } from '../context.ts';
import { findProposal, requireApplied } from '../proposals.ts';
import { requireScope } from '../scopes.ts';
import { callTemporal } from '../temporal-calls.ts';
import { parseOrRefuse } from './check-start.ts';
import { findRun } from './find.ts';
import type { Tx } from './find.ts';
import type { RunRow } from './views.ts';

const undoDeadlineMs = 15_000;
const reasonText = z.string().trim().max(2_000).optional();

type UndoArgument = { readonly run: RunRef; readonly proposalId: string; readonly reason: string };
type UndoWorkflow = (argument: UndoArgument) => Promise<UndoResult>;

async function isApplying(tx: Tx, run: RunRow): Promise<boolean> {
  if (isFinished(run.status)) return false;
  const step = await tx
    .selectFrom('agentic_workflow_steps')
    .select('step_number')
    .where('workflow_id', '=', run.id)
    .where('step_type', '=', 'apply')
    .where('status', 'in', ['pending', 'running'])
    .executeTakeFirst();
  return step !== undefined;
}

async function findUndoable(context: CallContext, proposalId: string): Promise<RunRow> {
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const proposal = await findProposal(tx, proposalId);
    const run = await findRun(tx, proposal.run_id);
    if (await isApplying(tx, run)) {
      throw new StewardError('conflict', 'The run is still applying this proposal: undo it when that is done.', {
        details: { proposalId, runId: run.id },
      });
    }
    requireApplied(proposal);
    return run;
  });
}

function failureOf(error: WorkflowFailedError): StewardError {
  const cause = error.cause instanceof ActivityFailure ? error.cause.cause : error.cause;
  const type = cause instanceof ApplicationFailure ? cause.type : null;
  const code = errorCodes.find((one) => one === type) ?? 'internal';
  return new StewardError(code, cause?.message ?? 'The proposal could not be undone.', { cause: error });
}

/**
 * Takes an applied proposal back, newest operation first; what was changed since is kept and named. Durable: when it takes
 * longer than 15 s (`unavailable`) it goes on by itself, and asking again waits for the same undoing.
 */
export async function undoProposal(
  context: CallContext,
  params: { readonly proposalId: string; readonly reason?: string },
): Promise<UndoResult> {
  requireScope(context.caller, 'decide');
  const { proposalId } = params;
  const reason = parseOrRefuse(reasonText, params.reason, 'reason') ?? 'Asked for by a person.';
  const run = await findUndoable(context, proposalId);
  const argument = { run: { runId: run.id, userId: run.user_id, type: run.workflow_type }, proposalId, reason };
  try {
    return await callTemporal(context.temporal(), undoDeadlineMs, async (client) => {
      const handle = await client.workflow.start<UndoWorkflow>('undo_proposal', {
        workflowId: `undo-${proposalId}`,
        taskQueue: context.taskQueues.runs,
        args: [argument],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Undo: ${run.name}`,
      });
      return await handle.result();
    });
  } catch (error) {
    throw error instanceof WorkflowFailedError ? failureOf(error) : error;
  }
}
