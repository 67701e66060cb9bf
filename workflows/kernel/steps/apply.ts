import { CancellationScope } from '@temporalio/workflow';
import type { Applied, Undone, UndoParams } from '../../../activities/records/api.ts';
import { acceptedCount } from '../../../src/contract/proposal.ts';
import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import { appliers, calendar } from '../activities.ts';
import type { RunContext } from '../state/context.ts';
import type { AppliedCounts, Proposal } from '../types.ts';
import { carrying } from './carry.ts';
import { runStep } from './step.ts';

function failedCount({ failed, failedCount: count }: Applied): number {
  return count ?? failed.length;
}

function merged(a: Applied, b: Applied): Applied {
  return {
    proposalId: a.proposalId,
    applied: a.applied + b.applied,
    refused: a.refused + b.refused,
    failed: [...a.failed, ...b.failed],
    failedCount: failedCount(a) + failedCount(b),
    counts: { ...a.counts, ...b.counts },
  };
}

/** Applies the accepted operations, records first and then calendar events, each once. */
export async function apply(context: RunContext, proposal: Proposal): Promise<AppliedCounts> {
  const { state } = context;
  const { proposalId, digest, decision } = proposal;
  const { operations: accepted, choice } = decision;
  const count = acceptedCount(decision);
  // Registered before the first effect, so that a cancelled run takes back whatever part was done.
  state.halfDone = [...state.halfDone.filter((id) => id !== proposalId), proposalId];
  const spec = { type: 'apply', name: 'apply', title: `Apply ${count} operations` } as const;
  const applied = await runStep(context, spec, async (step) => {
    const call = {
      run: context.state.admitted.run,
      step,
      proposalId,
      digest,
      accepted,
      ...(choice === undefined ? {} : { choice }),
    };
    const first = await carrying(
      context,
      async (changes) =>
        await appliers.applyOperations.executeWithOptions({ activityId: `step-${step.number}`, summary: spec.title }, [
          { ...call, changes },
        ]),
    );
    if (failedCount(first) === count || !calendarKinds.some((kind) => (proposal.counts[kind] ?? 0) > 0))
      return { value: first, cost: null };
    const second = await carrying(
      context,
      async (changes) =>
        await calendar.applyEvents.executeWithOptions(
          { activityId: `step-${step.number}-calendar`, summary: 'Write the calendar events' },
          [{ ...call, changes }],
        ),
    );
    return { value: merged(first, second), cost: null };
  });
  state.halfDone = state.halfDone.filter((id) => id !== proposalId);
  const { applied: done, refused } = applied;
  return { applied: done, refused, failed: failedCount(applied) };
}

/** Takes back every proposal that was being applied. Runs even though the run is cancelled. */
export async function compensate(context: RunContext): Promise<void> {
  const { state } = context;
  await CancellationScope.nonCancellable(async () => {
    for (const proposalId of state.halfDone) {
      await undoBoth({
        run: context.state.admitted.run,
        proposalId,
        reason: 'The run was cancelled while it applied this proposal.',
      });
    }
    state.halfDone = [];
  });
}

/** Undoes a proposal's events first, then its records: newest first. */
export async function undoBoth(params: UndoParams): Promise<Undone> {
  const events = await calendar.undoEvents(params);
  const rows = await appliers.undoOperations(params);
  const keptCount = (events.keptCount ?? events.kept.length) + (rows.keptCount ?? rows.kept.length);
  return {
    proposalId: params.proposalId,
    undone: events.undone + rows.undone,
    kept: [...events.kept, ...rows.kept],
    keptCount,
  };
}
