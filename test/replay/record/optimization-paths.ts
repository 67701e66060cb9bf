import type { Json } from '../../../src/contract/json.ts';
import { startRun, untilAsked } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import { insertTroubled } from '../../support/troubled/insert.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

async function trouble(steward: TestSteward): Promise<{ readonly type: string; readonly input: Record<string, Json> }> {
  await insertTroubled(steward);
  return { type: 'optimization', input: {} };
}

async function approveInPart(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, await trouble(steward));
  const { id: requestId } = await untilAsked(steward, runId, 'approval');
  await steward.api.decideRequest({ requestId, decision: 'approve', operations: ['merge-1', 'reprioritize-1'] });
  return runId;
}

/** Looks for what there is none of. */
async function findNothing(steward: TestSteward): Promise<string> {
  const input = { projectId: (await insertTroubled(steward)).project('blog') };
  return await startRun(steward, { type: 'optimization', input, options: { focus: ['overdue'] } });
}

export const optimizationPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(trouble),
  'approved-in-part': approveInPart,
  'nothing-to-do': findNothing,
};
