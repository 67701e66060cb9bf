import { z } from 'zod';
import { errorCodes } from '../../contract/errors.ts';

/** A problem document (RFC 9457), the body of every error. */
export const problemView = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'Stable; `/problems/` and the code with dashes.', example: '/problems/invalid-input' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    instance: z.string().meta({ description: 'Id of the request, as in the log.' }),
    problems: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .exactOptional()
      .meta({ description: 'Every wrong field, with its dotted path.' }),
  })
  .meta({ id: 'Problem' });
