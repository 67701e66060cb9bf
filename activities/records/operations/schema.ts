import { z } from 'zod';
import { StewardError } from '../../../src/contract/errors.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import { calendarShapes } from './shapes/calendar.ts';
import { knowledgeShapes } from './shapes/knowledge.ts';
import { projectShapes } from './shapes/projects.ts';
import { taskShapes } from './shapes/tasks.ts';

/** Operations as they lie in a JSON column, checked when they are read back. */
const operationSchema: z.ZodType<Operation> = z.discriminatedUnion('kind', [
  ...projectShapes,
  ...taskShapes,
  ...knowledgeShapes,
  ...calendarShapes,
]);

/** Reads an operation from JSON. Throws `internal`: only our own drafts are stored, so a misfit is our fault. */
export function readOperation(value: unknown): Operation {
  const parsed = operationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StewardError('internal', `An operation of the proposal can't be read: ${z.prettifyError(parsed.error)}`);
}
