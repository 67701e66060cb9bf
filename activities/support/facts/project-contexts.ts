import type { ProjectContext } from '../../../src/contract/facts/task-facts.ts';
import { factLimits } from './limits.ts';
import type { FactScope } from './scope.ts';

/** The context of each open project, whole: what is written back must not be a cut text. */
export async function projectContextFacts({ tx, userId }: FactScope): Promise<readonly ProjectContext[]> {
  return await tx
    .selectFrom('projects')
    .select(['id', 'context'])
    .where('user_id', '=', userId)
    .where('status', 'in', ['active', 'on_hold'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(factLimits.projects)
    .execute();
}
