import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { StepRef } from '../../src/contract/step.ts';

/** What names an effect. Never Temporal's run id, activity id or the attempt: those change when the effect does not. */
export type EffectName = {
  readonly runId: string;
  readonly stepPath: string;
  readonly iteration: number;
  /** Grows only when a person asks to do the step again for real (`epochOf`). */
  readonly epoch: number;
  readonly name: string;
};

/** SHA-256 (hex) of the effect's name: the key of its row in the ledger. */
export function effectKey(effect: EffectName): string {
  const parts = [effect.runId, effect.stepPath, effect.iteration, effect.epoch, effect.name];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The key of an effect of a step. */
export function stepEffectKey(
  runId: string,
  effect: { readonly step: StepRef; readonly epoch: number; readonly name: string },
): string {
  const { step, epoch, name } = effect;
  return effectKey({ runId, stepPath: step.path, iteration: step.iteration, epoch, name });
}

export type EpochMark = { readonly fromStep: number; readonly epoch: number };

/** The epoch of a step: the highest of those that began at or before it (`rerun --from`); 0 when nothing was rerun. */
export function epochOf(marks: readonly EpochMark[], stepNumber: number): number {
  return marks.reduce((highest, mark) => (mark.fromStep <= stepNumber ? Math.max(highest, mark.epoch) : highest), 0);
}

/** The running activity's attempt, from 1. */
export function currentAttempt(): number {
  return Context.current().info.attempt;
}

// More than all tries of a step within one attempt of its run; ten attempts of a run still fit the column.
const triesPerRunAttempt = 100_000_000;

/** Orders the tries of a step's effects: those of a later attempt of the run come after all of an earlier one's. */
export function stepFence(step: Pick<StepRef, 'attempt'>, tryOfStep: number = currentAttempt()): number {
  return ((step.attempt ?? 1) - 1) * triesPerRunAttempt + tryOfStep;
}

/**
 * Throws when the activity was cancelled or timed out: called right before each effect, because a stopped and revived
 * worker goes on where it was.
 */
export function assertNotCancelled(): void {
  Context.current().cancellationSignal.throwIfAborted();
}
