import type { StepRef } from '../../src/contract/step.ts';
import { currentAttempt, stepFence } from '../support/effect-key.ts';

// More attempts than Temporal will ever make of one activity within its schedule-to-close timeout.
const attemptsPerInvocation = 10_000;

/** Orders all tries of a step's call: the activities scheduled for it one after the other, and each one's attempts. */
export function fenceOf({ step, invocation }: { readonly step: StepRef; readonly invocation: number }): number {
  return stepFence(step, invocation * attemptsPerInvocation + currentAttempt());
}
