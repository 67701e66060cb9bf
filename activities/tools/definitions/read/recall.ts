import { z } from 'zod';
import { StewardError } from '../../../../src/contract/errors.ts';
import { defineTool } from '../../tool.ts';
import { findResult } from '../../transcript.ts';

const stretchChars = 8_000;

export const recall = defineTool({
  name: 'recall',
  description:
    'Reads the result of one of your earlier calls again, by the reference it is listed under; long ones in stretches.',
  access: 'read',
  policy: 'auto',
  reads: 'nothing',
  parameters: z.strictObject({
    reference: z.string().trim().min(1).max(100),
    from: z.int().min(0).default(0).meta({ description: 'The first character to read.' }),
  }),
  run: async ({ tx, loop }, { reference, from }) => {
    const content = await findResult(tx, loop, reference);
    if (content === null)
      throw new StewardError(
        'not_found',
        `There is no result "${reference}" in this work: references look like t00012c00.`,
      );
    const to = Math.min(content.length, from + stretchChars);
    return { reference, characters: content.length, from, to, text: content.slice(from, to) };
  },
});
