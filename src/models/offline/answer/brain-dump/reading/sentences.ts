import { oneLine } from '../../../text/clean.ts';

/** What ends in one of these goes on: abbreviations, ordinals ("bis 15. März"). */
const goesOn =
  /(?:\b(?:e\.g|i\.e|z\.\s?b|d\.\s?h|dr|mr|mrs|ms|prof|nr|no|ca|approx|etc|usw|bzw|std|min|vs|str|tel|inkl|ggf|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.|(?<!\d)\d{1,2}\.)$/iu;
// "call the landlord!! before Thursday": the day belongs to what was cried out.
const belongs = /^(?:before|by|until|till|on|at|bis|vor|am|um|spätestens)\s/u;

/** Sentences as people type them, who often begin the next one with a small letter. */
export function typedSentences(text: string): readonly string[] {
  const parts = oneLine(text).split(/(?<=[.!?…])\s+/u);
  const sentences: string[] = [];
  for (const part of parts) {
    const before = sentences.at(-1);
    if (before !== undefined && (goesOn.test(before) || belongs.test(part)))
      sentences[sentences.length - 1] = `${before} ${part}`;
    else sentences.push(part);
  }
  return sentences.filter((sentence) => sentence !== '');
}
