// More attempts than Temporal will ever make of one activity within its schedule-to-close timeout.
const attemptsPerInvocation = 10_000;

/** Orders all tries of a step's call: the activities scheduled for it one after the other, and each one's attempts. */
export function fenceOf(invocation: number, attempt: number): number {
  return invocation * attemptsPerInvocation + attempt;
}
