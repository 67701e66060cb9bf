import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { Asking, Run } from '../kernel/types.ts';
import type { BrainDump } from './contract.ts';

type Merged = BrainDump['computations']['merge']['view'];

const usualThreshold = 0.9;
const nothingMerged: Merged = {
  title: '',
  confidence: 1,
  counts: { projects: 0, tasks: 0, updates: 0, notes: 0, context: 0 },
  highlights: [],
  changesExisting: false,
  empty: true,
};

/** Sorts out a brain dump: look it over, take it apart, merge with what exists, review or accept, apply (B17). */
export const brain_dump = defineRun<BrainDump>('brain_dump', async (run) => {
  run.phase('prepare');
  const { pieces } = await run.compute('split', {});
  await run.batched('prepare', pieces, { params: {} });
  const { questions } = await run.compute('gist', {});
  await run.clarify('It is not clear where some of it belongs', questions);

  let merged = nothingMerged;
  const proposal = await proposeUntilDecided(run, {
    draft: 'dump',
    params: {},
    prepare: async () => {
      merged = await understand(run, pieces);
    },
    reviewPhase: 'review',
    maxRevisions: run.options.maxRevisions,
    asking: () => askingFor(run.options, merged),
  });
  const { decision, proposalId, revision } = proposal;
  const { title, confidence, counts, highlights } = merged;
  const about = { proposalId, revisions: revision, title, confidence, counts, highlights };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { ...about, decision: 'rejected', ...nothingApplied } };

  run.phase('apply');
  const applied = appliedResult(await run.apply(proposal));
  await run.artifact({ name: 'dump.md', mimeType: 'text/markdown', call: 'merge', field: 'markdown' });
  return { result: { ...about, ...applied, decision: merged.empty ? 'nothing_to_do' : applied.decision } };
});

async function understand(run: Run<BrainDump>, pieces: readonly { readonly key: string }[]): Promise<Merged> {
  run.phase('extract');
  const both = async (piece: string): Promise<void> => {
    await Promise.all([run.model('context', { piece }, piece), run.model('tasks', { piece }, piece)]);
  };
  await Promise.all(pieces.map(async ({ key }) => await both(key)));
  run.phase('merge');
  return await run.compute('merge', {});
}

/** Nobody is asked about what is sure and only adds, nor about an empty dump that is merely kept. */
function askingFor({ autoAccept = true, autoAcceptAt = usualThreshold }: BrainDump['options'], merged: Merged): Asking {
  if (merged.empty) return 'own';
  return autoAccept && !merged.changesExisting ? { sure: autoAcceptAt } : 'ask';
}
