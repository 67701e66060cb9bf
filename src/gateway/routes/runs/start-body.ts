import { z } from 'zod';
import type { StartRun } from '../../../api/runs-api.ts';
import { checkShape } from '../../../schemas/check-shape.ts';
import { startFields } from '../../../schemas/start-fields.ts';
import { jsonObject } from '../../../schemas/views/common.ts';

/** What a start looks like; `input` and `options` are described by the workflow type. */
export const startShown = z
  .strictObject({
    type: z
      .string('name a workflow type')
      .min(1, 'name a workflow type')
      .meta({ description: 'Name of a workflow type.', example: 'project_planning' }),
    input: z.record(z.string(), z.json(), 'expected an object, as the workflow type describes it'),
    options: jsonObject.exactOptional(),
    ...startFields,
  })
  .meta({ id: 'StartRun' });

const head = z.looseObject(startShown.pick({ type: true, input: true }).shape);

/**
 * A start of which only `type` and `input` are checked here. The service checks the whole by the type's own schemas, so
 * that one answer names every wrong field; checked here first, those of `input` would come only in a second answer.
 * The cast rests on that check.
 */
export const startBody = z.unknown().transform((value, context): StartRun => {
  const found = head.safeParse(value);
  if (found.success) return found.data;
  const all = checkShape(startShown, value);
  const problems = all.ok ? [] : all.problems;
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path: path.split('.'), message });
  return z.NEVER;
});
