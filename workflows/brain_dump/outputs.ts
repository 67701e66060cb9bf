import { z } from 'zod';
import { StewardError } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import { prepared, saidFacts, saidTasks } from './contract.ts';
import type { PreparedPiece, SaidFacts, SaidTasks } from './contract.ts';
import { fingerprint } from './pieces.ts';
import type { Piece } from './pieces.ts';

export const splitOutput = z.object({
  chars: z.int(),
  fingerprint: z.int(),
  pieces: z.array(z.object({ key: z.string(), start: z.int(), end: z.int() })),
});

/** The dump as it was written: the run's own text, or that of the stored dump that it names. */
export function dumpText(facts: FactSheet): string {
  const { userPrompt } = facts.input;
  if (typeof userPrompt === 'string') return userPrompt;
  if (facts.brainDump !== null) return facts.brainDump.content;
  throw new StewardError('not_found', `input.brainDumpId: the brain dump is not there any more.`);
}

function readPieces(facts: FactSheet): readonly Piece[] {
  return splitOutput.parse(facts.outputs['split']).pieces;
}

/** The text of a piece. Throws `conflict` when the dump was edited after it was cut: its borders mean nothing any more. */
export function pieceText(facts: FactSheet, key: string): string {
  const split = splitOutput.parse(facts.outputs['split']);
  const text = dumpText(facts);
  const piece = split.pieces.find((each) => each.key === key);
  if (piece === undefined) throw new StewardError('internal', `The dump has no piece ${key}.`);
  if (text.length !== split.chars || fingerprint(text) !== split.fingerprint)
    throw new StewardError(
      'conflict',
      'The brain dump was edited while it was being read. Start again with its new text.',
    );
  return text.slice(piece.start, piece.end);
}

/** What the first look said, in the pieces' order, whatever batches they were asked about in. */
export function readPrepared(facts: FactSheet): readonly PreparedPiece[] {
  const batches = Object.entries(facts.outputs).filter(([name]) => name.startsWith('prepare/'));
  const byKey = new Map(batches.flatMap(([, output]) => prepared.parse(output).items).map((item) => [item.key, item]));
  return readPieces(facts).flatMap(({ key }) => byKey.get(key) ?? []);
}

export type SaidPiece = { readonly key: string; readonly tasks: SaidTasks; readonly facts: SaidFacts };

/** What was taken out of each piece, in the pieces' order. */
export function readSaid(facts: FactSheet): readonly SaidPiece[] {
  return readPieces(facts).map(({ key }) => ({
    key,
    tasks: saidTasks.parse(facts.outputs[`tasks/${key}`]),
    facts: saidFacts.parse(facts.outputs[`context/${key}`]),
  }));
}
