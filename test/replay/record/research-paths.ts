import { approve, startRun } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

const type = 'research';
const userPrompt = 'What does the lease say about the deposit and the notice period?';
let records = 0;

/** A project with notes about a lease. Never the same twice: equal prompts are answered from the cache. */
async function lease(steward: TestSteward): Promise<string> {
  records += 1;
  const name = `Flat ${records}-${Date.now().toString(36)}`;
  const project = await steward.api.createRecord({ kind: 'projects', values: { name } });
  const notes = [
    ['Lease', `${name}: the deposit is three months' rent. The notice period is three months.`],
    ['Phone call', `${name}: the deposit is two months of rent. It is unclear when the notice period begins.`],
  ] as const;
  for (const [title, content] of notes) {
    const values = { title, content, project_id: project.id };
    await steward.api.createRecord({ kind: 'notes', values });
  }
  return project.id;
}

async function nothingFound(steward: TestSteward): Promise<string> {
  const { id: projectId } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Empty' } });
  const input = { userPrompt: 'Which mushrooms grow below the birches?', projectId };
  return await startRun(steward, { type, input, options: { onlyProject: true } });
}

async function withTools(steward: TestSteward): Promise<string> {
  const input = { userPrompt, projectId: await lease(steward) };
  const runId = await startRun(steward, { type, input, options: { tools: ['list_tasks'] } });
  await approve(steward, runId);
  return runId;
}

/** Paths of `research`. */
export const researchPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(async (steward) => ({ type, input: { userPrompt, projectId: await lease(steward) } })),
  'nothing-found': nothingFound,
  'with-tools': withTools,
};
