import type { z } from 'zod';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import type { BrainDump } from './contract.ts';
import { dumpText } from './outputs.ts';
import type { splitOutput } from './outputs.ts';
import { cutPieces, fingerprint, mostChars } from './pieces.ts';

type Split = z.infer<typeof splitOutput>;
type Named = BrainDump['computations']['split'];

/** Cuts the dump into pieces. Only their borders are kept; who reads a piece cuts the text again. */
export const split: ComputationContract<Split, Named['params'], Named['view']> = {
  facts: ['brainDump'],
  title: () => 'Cut the dump into pieces',
  compute: (facts) => {
    const text = dumpText(facts);
    return { chars: text.length, fingerprint: fingerprint(text), pieces: [...cutPieces(text, mostChars)] };
  },
  reasoning: ({ chars, pieces }) =>
    pieces.length === 1
      ? `${chars} characters: read in one piece.`
      : `${chars} characters in ${pieces.length} pieces, without overlap.`,
  view: ({ pieces }) => ({ pieces: pieces.map(({ key, start, end }) => ({ key, chars: end - start })) }),
};
