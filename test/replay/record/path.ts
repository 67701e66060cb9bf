import { handleOf, untilEnded } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';

/** Drives one run along a path to its end, and returns its id. */
export type Path = (steward: TestSteward) => Promise<string>;

/** Waits until the path's workflow is at its end. */
export async function follow(steward: TestSteward, path: Path): Promise<string> {
  const runId = await path(steward);
  await untilEnded(steward, runId);
  return handleOf(steward, runId).workflowId;
}
