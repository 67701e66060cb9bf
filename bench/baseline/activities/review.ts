import { ApplicationFailure } from '@temporalio/common';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { storeProposal } from '../../../activities/records/proposals/store-proposal.ts';
import { derivedId } from '../../../activities/support/digest.ts';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import { readBusy } from '../../../activities/support/facts/calendar.ts';
import { readPerson } from '../../../activities/support/facts/person.ts';
import { gatherFacts } from '../../../activities/support/gather-facts.ts';
import { json } from '../../../src/db/values.ts';
import { catalog } from '../../../workflows/catalog.ts';
import type { BaselineActivities } from '../api.ts';
import { addEvent, notify } from './events.ts';
import { startStep } from './start-step.ts';

/** The same pure draft and the same proposal rows as Steward's; request and decision are written one by one. */
export function createReviewActivities(
  deps: ActivityDeps,
): Pick<BaselineActivities, 'propose' | 'openRequest' | 'closeRequest' | 'decide'> {
  return {
    propose: async ({ run, step }) => {
      const contract = catalog.get(run.type)?.drafts['plan'];
      if (contract === undefined) throw ApplicationFailure.nonRetryable('No draft.');
      const { userId } = run;
      const { facts, person } = await deps.database.asService(async (tx) => {
        await startStep(tx, run, step);
        return {
          facts: await gatherFacts(tx, { deps, run, facts: contract.facts }),
          person: await readPerson(tx, userId),
        };
      });
      const setting = { timeZone: person.timeZone, workingHours: person.workingHours, idScope: run.runId };
      const draft = await withDraftTools(
        setting,
        async (window) => await deps.database.asService(async (tx) => await readBusy(tx, { userId, ...window })),
        (tools) => contract.draft(facts, {}, tools),
      );
      const proposalId = derivedId(`proposal:${run.runId}`);
      const { digest } = await deps.database.asService(async (tx) => {
        const stored = await storeProposal(tx, { run, proposalId, name: 'plan', draft, at: deps.now().toISOString() });
        await addEvent(tx, run, { type: 'proposal.opened', data: { proposalId } });
        return stored;
      });
      return { proposalId, digest, title: draft.title, operations: draft.operations.map((operation) => operation.id) };
    },

    openRequest: async ({ run, requestId, proposal }) =>
      await deps.database.asService(async (tx) => {
        const { proposalId, digest, title } = proposal;
        await tx
          .insertInto('run_requests')
          .values({
            id: requestId,
            run_id: run.runId,
            user_id: run.userId,
            kind: 'approval',
            title,
            proposal_id: proposalId,
            digest,
          })
          .execute();
        const columns = {
          status: 'waiting',
          waiting_on: json({ kind: 'approval', id: requestId, since: deps.now().toISOString(), deadline: null }),
        };
        await addEvent(tx, run, { type: 'request.opened', data: { requestId }, columns });
        await notify(tx, run, 'request.opened');
      }),

    closeRequest: async ({ run, requestId, accepted }) =>
      await deps.database.asService(async (tx) => {
        await tx
          .updateTable('run_requests')
          .set({
            status: 'answered',
            answer: json({ operations: accepted }),
            decision: 'approve',
            answered_by: 'person',
            closed_at: deps.now(),
          })
          .where('id', '=', requestId)
          .execute();
        await addEvent(tx, run, {
          type: 'request.closed',
          data: { requestId },
          columns: { status: 'running', waiting_on: null },
        });
      }),

    decide: async ({ run, step, proposal }) =>
      await deps.database.asService(async (tx) => {
        await startStep(tx, run, step);
        await tx
          .updateTable('proposals')
          .set({ status: 'approved', decided_at: deps.now() })
          .where('id', '=', proposal.proposalId)
          .execute();
        await tx
          .updateTable('proposal_operations')
          .set({ status: 'accepted' })
          .where('proposal_id', '=', proposal.proposalId)
          .execute();
        await addEvent(tx, run, { type: 'proposal.decided', data: { proposalId: proposal.proposalId } });
      }),
  };
}
