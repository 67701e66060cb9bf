import { approve, startRun, untilAsked } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

const type = 'task_decomposition';
let texts = 0;

/** A task with a part that is split again. Never the same twice: equal prompts are answered from the cache. */
function task(): string {
  texts += 1;
  return `Renovate hall ${texts}-${Date.now().toString(36)}:\n- Buy paint (30 min)\n- Paint the walls (2 hours)\n- Lay the floor (1 day)\n- Build the shelves (1 day)\n`;
}

async function small(steward: TestSteward): Promise<string> {
  return await startRun(steward, { type, input: { userPrompt: 'Call the dentist' } });
}

async function choice(steward: TestSteward): Promise<string> {
  const { id: projectId } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Allotment' } });
  for (const title of ['Build the shed', 'Build the fence']) {
    const values = { title, duration_minutes: 480, project_id: projectId };
    await steward.api.createRecord({ kind: 'tasks', values });
  }
  const runId = await startRun(steward, { type, input: { projectId } });
  const { id: requestId } = await untilAsked(steward, runId, 'clarification');
  await steward.api.answerRequest({ requestId, value: 'Build the fence (Allotment)' });
  await approve(steward, runId);
  return runId;
}

/** Paths of `task_decomposition`. */
export const decompositionPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(async () => await Promise.resolve({ type, input: { userPrompt: task() } })),
  'small-enough': small,
  'chosen-among-several': choice,
};
