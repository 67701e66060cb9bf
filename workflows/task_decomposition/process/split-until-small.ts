import type { Run } from '../../kernel/types.ts';
import type { PartsView, TaskDecomposition } from '../contract.ts';

/** Rounds of calls side by side, until each part has its size or may not be split further. */
export async function splitUntilSmall(run: Run<TaskDecomposition>): Promise<PartsView> {
  run.phase('split');
  await run.model('split', { part: '' });
  const done: string[] = [];
  for (;;) {
    const parts = await run.compute('parts', { split: [...done] });
    if (parts.oversized.length === 0) return parts;
    await Promise.all(parts.oversized.map(async (part) => await run.model('split', { part }, part)));
    done.push(...parts.oversized);
  }
}
