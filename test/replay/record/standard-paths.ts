import { approve, startRun, untilAsked } from '../../support/runs.ts';
import type { Start } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';

const tight = { maxCostUsd: 0.000_5 } as const;

/** Prepares what a run of the type needs (records, files), and says how it is started. */
export type Prepare = (steward: TestSteward) => Promise<Start>;

/**
 * The paths that every type with a proposal has: approved, rejected and made anew, paused, stopped, cancelled, executed
 * without asking, and at the end of its budget.
 */
export function standardPaths(prepare: Prepare): Readonly<Record<string, Path>> {
  const started = async (steward: TestSteward, more: Start = {}): Promise<string> =>
    await startRun(steward, { ...(await prepare(steward)), ...more });
  const asked = async (steward: TestSteward): Promise<string> => {
    const runId = await started(steward, { options: { requireConfirmation: true } });
    await untilAsked(steward, runId, 'approval');
    return runId;
  };
  return {
    approved: async (steward) => {
      const runId = await asked(steward);
      await approve(steward, runId);
      return runId;
    },
    'rejection-and-revision': async (steward) => {
      const runId = await asked(steward);
      const { id: requestId } = await untilAsked(steward, runId, 'approval');
      await steward.api.decideRequest({ requestId, decision: 'reject', comment: 'Not like this.' });
      await approve(steward, runId);
      return runId;
    },
    'pause-and-resume': async (steward) => {
      const runId = await asked(steward);
      await steward.api.pauseRun({ runId, reason: 'lunch' });
      await steward.api.addContext({ runId, text: 'There is no hurry.' });
      await steward.api.resumeRun({ runId });
      await approve(steward, runId);
      return runId;
    },
    stopped: async (steward) => {
      const runId = await asked(steward);
      await steward.api.stopRun({ runId, reason: 'enough' });
      return runId;
    },
    cancelled: async (steward) => {
      const runId = await asked(steward);
      await steward.api.cancelRun({ runId });
      return runId;
    },
    'auto-executed': async (steward) => await started(steward, { options: { autoExecute: true } }),
    'budget-asked-and-raised': async (steward) => {
      const runId = await started(steward, {
        options: { autoExecute: true },
        budget: { ...tight, onExhausted: 'ask' },
      });
      const { id: requestId } = await untilAsked(steward, runId, 'budget');
      await steward.api.answerRequest({ requestId, value: { action: 'raise', amount: 5 } });
      return runId;
    },
    'budget-aborted': async (steward) => await started(steward, { budget: { ...tight, onExhausted: 'abort' } }),
  };
}
