import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

let made = 0;

/** A project with open tasks. Never the same twice: equal prompts are answered from the cache. */
async function project(steward: TestSteward): Promise<string> {
  made += 1;
  const name = `Hall ${made}-${Date.now().toString(36)}`;
  const { id } = await steward.api.createRecord({ kind: 'projects', values: { name } });
  for (const title of ['Buy paint', 'Paint the walls', 'Clean the hall']) {
    await steward.api.createRecord({ kind: 'tasks', values: { title, project_id: id, duration_minutes: 60 } });
  }
  return id;
}

/** Paths of `generate_phases`. */
export const phasesPaths: Readonly<Record<string, Path>> = standardPaths(async (steward) => ({
  type: 'generate_phases',
  input: { projectId: await project(steward) },
}));
