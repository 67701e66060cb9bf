import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { countDone } from '../../src/contract/operations/words.ts';

/** The part of an apply's outcome that is explained to the person. */
const appliedResult = z.object({
  counts: z.record(z.string(), z.number()),
  refused: z.number(),
  failed: z.array(z.object({ operationId: z.string(), error: z.string() })),
  failedCount: z.number().optional(),
});

/** What was applied, refused and failed, in words. */
export function appliedLines(facts: FactSheet): readonly string[] {
  const result = appliedResult.safeParse(facts.applied);
  if (!result.success) return [];
  const { counts, refused, failed, failedCount = failed.length } = result.data;
  const more = failedCount - failed.length;
  const done = countDone(counts);
  const left = refused === 0 ? [] : [`${refused} ${refused === 1 ? 'operation was' : 'operations were'} refused`];
  return [
    ...done,
    ...left,
    ...failed.map((each) => `${each.operationId} failed: ${each.error}`),
    ...(more > 0 ? [`${more} more failed`] : []),
  ];
}
