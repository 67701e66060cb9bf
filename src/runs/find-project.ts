import { invalidInput } from '../contract/errors.ts';
import { checkReferences } from './references.ts';

/**
 * The project that a run's input is about; a task's project is the run's. Throws `invalid_input` for each record that the
 * input names and the user does not have.
 */
export async function findProject(...asked: Parameters<typeof checkReferences>): Promise<string | null> {
  const { projectId, problems } = await checkReferences(...asked);
  if (problems.length > 0) throw invalidInput(problems);
  return projectId;
}
