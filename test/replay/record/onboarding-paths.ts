import { approve, startRun, untilAsked, untilEnded } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

const type = 'onboarding_analysis';
let told = 0;

/** What a person tells. Never the same twice: equal prompts are answered from the cache. */
function story(hours: string): string {
  told += 1;
  return `I am gardener number ${told}-${Date.now().toString(36)}. ${hours}\n- Buy seedlings (1 hour)\n- Call the landlord\n`;
}

async function asked(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { type, input: { userPrompt: story('I work mornings till 1pm.') } });
  const { id: requestId } = await untilAsked(steward, runId, 'clarification');
  await steward.api.answerRequest({ requestId, value: '8:00 to 13:00' });
  await approve(steward, runId);
  return runId;
}

async function nothing(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { type, input: { userPrompt: 'Hello there!' } });
  await untilEnded(steward, runId);
  return runId;
}

/** Paths of `onboarding_analysis`. */
export const onboardingPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(async () => await Promise.resolve({ type, input: { userPrompt: story('I like mornings.') } })),
  'asked-about-hours': asked,
  'nothing-said': nothing,
};
