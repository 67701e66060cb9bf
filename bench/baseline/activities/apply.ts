import { ApplicationFailure } from '@temporalio/common';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { executeOperation, isRecordOperation } from '../../../activities/records/operations/registry.ts';
import { markOperation } from '../../../activities/records/proposals/mark.ts';
import { nextToApply } from '../../../activities/records/proposals/operation-rows.ts';
import type { FamilyName } from '../../../activities/records/proposals/operation-rows.ts';
import type { StoredOperation } from '../../../activities/records/proposals/stored-proposal.ts';
import { fieldOf } from '../../../activities/support/json-value.ts';
import type { Tx } from '../../../activities/support/transaction.ts';
import { createEvent } from '../../../src/calendar/local/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import type { BaselineActivities } from '../api.ts';
import { addEvent } from './events.ts';
import { startStep } from './start-step.ts';

type Done = { readonly result: JsonObject; readonly undo: JsonObject };
type Apply = (tx: Tx, stored: StoredOperation) => Promise<Done | null>;

async function applyAll(
  tx: Tx,
  of: { readonly run: RunRef; readonly proposalId: string; readonly family: FamilyName },
  apply: Apply,
): Promise<number> {
  const all = { accepted: { except: [] }, after: 0, size: 10_000 };
  const operations = await nextToApply(tx, { proposalId: of.proposalId, family: of.family, ...all });
  let applied = 0;
  for (const stored of operations) {
    const done = await apply(tx, stored);
    if (done === null) continue;
    await markOperation(tx, {
      proposalId: of.proposalId,
      operationId: stored.operation.id,
      status: 'applied',
      ...done,
    });
    applied += 1;
  }
  await addEvent(tx, of.run, { type: 'operations.applied', data: { applied } });
  return applied;
}

/** The same statements for each operation as Steward's, without its ledger rows and savepoints. */
export function createApplyActivities(
  deps: ActivityDeps,
): Pick<BaselineActivities, 'applyRecords' | 'applyCalendar' | 'saveFile'> {
  return {
    applyRecords: async ({ run, step, proposal }) =>
      await deps.database.asService(async (tx) => {
        await startStep(tx, run, step);
        const context = { tx, userId: run.userId, runId: run.runId };
        return await applyAll(
          tx,
          { run, proposalId: proposal.proposalId, family: 'records' },
          async (_tx, { operation, before }) =>
            isRecordOperation(operation) ? await executeOperation(context, operation, before) : null,
        );
      }),

    applyCalendar: async ({ run, proposal }) =>
      await deps.database.asService(async (tx) => {
        const { proposalId } = proposal;
        const applied = await applyAll(tx, { run, proposalId, family: 'calendar' }, async (inner, { operation }) => {
          if (operation.kind !== 'schedule_event') return null;
          const { eventId, taskId, title, start, end, timeZone } = operation.payload;
          const event = {
            userId: run.userId,
            eventId,
            title,
            start,
            end,
            timeZone,
            description: operation.reason,
            taskId,
            runId: run.runId,
          };
          const { uid, etag } = await createEvent(inner, event);
          return { result: { uid, start, end }, undo: { uid, etag } };
        });
        await tx
          .updateTable('proposals')
          .set({ status: 'applied', applied_at: deps.now() })
          .where('id', '=', proposalId)
          .execute();
        return applied;
      }),

    saveFile: async ({ run, step, from }) => {
      const text = await deps.database.asService(async (tx) => {
        await startStep(tx, run, step);
        const row = await tx
          .selectFrom('agentic_workflow_steps')
          .select('output')
          .where('workflow_id', '=', run.runId)
          .where('step_number', '=', from)
          .executeTakeFirst();
        const output = row?.output ?? null;
        const markdown = fieldOf(output, 'markdown');
        return typeof markdown === 'string' ? markdown : null;
      });
      if (text === null) throw ApplicationFailure.nonRetryable('No text to save.');
      const file = await deps.files.put(new TextEncoder().encode(text));
      await deps.database.asService(async (tx) => {
        await tx
          .insertInto('artifacts')
          .values({
            run_id: run.runId,
            user_id: run.userId,
            step_number: step.number,
            name: 'plan.md',
            mime_type: 'text/markdown',
            size_bytes: file.size,
            sha256: file.sha256,
          })
          .execute();
        await addEvent(tx, run, { type: 'artifact.added', data: { name: 'plan.md' } });
      });
      return { ...file };
    },
  };
}
