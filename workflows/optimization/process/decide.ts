import type { Proposal, Run } from '../../kernel/types.ts';
import type { Optimization } from '../contract.ts';

type Item = Optimization['computations']['analyze']['view']['own'][number];
type Found = { readonly own: readonly Item[]; readonly shared: readonly Item[] };

const defaultRevisions = 3;
// A finding's answer may be several measures with their reasons: 12 of them fit into one answer.
const perBatch = { params: {}, maxItems: 12 };

/** Chooses measures for all findings, batches side by side, and settles which go together. Returns how many do. */
async function choose(run: Run<Optimization>, { own, shared }: Found): Promise<number> {
  run.phase('reorganize');
  await Promise.all([run.batched('reorganize', own, perBatch), run.batched('consolidate', shared, perBatch)]);
  const { measures } = await run.compute('settle', {});
  return measures;
}

/** Proposes until the person decides, or nothing is left to propose: then the last proposal, or null without one. */
export async function proposeMeasures(run: Run<Optimization>, first: Found): Promise<Proposal | null> {
  const most = run.options.maxRevisions ?? defaultRevisions;
  let found = first;
  let last: Proposal | null = null;
  for (let revision = 0; revision <= most; revision += 1) {
    // The person may have changed records while they thought, and said what to keep free.
    if (revision > 0) found = await lookAgain(run);
    if ((await choose(run, found)) === 0) return last;
    run.phase('review');
    last = await run.propose('reorganization', {});
    if (last.decision.kind === 'approve') return last;
    run.log(`Rejected: ${last.decision.comment ?? 'no reason given'}.`);
  }
  return last;
}

async function lookAgain(run: Run<Optimization>): Promise<Found> {
  run.phase('analyze');
  return await run.compute('analyze', {});
}
