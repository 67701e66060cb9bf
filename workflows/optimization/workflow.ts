import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import type { Run } from '../kernel/types.ts';
import type { Optimization, Result } from './contract.ts';
import { proposeMeasures } from './process/decide.ts';

// Nothing that writes, and nothing from outside: a diagnosis needs the person's own records.
const reading = ['search_records', 'read_source', 'list_tasks'] as const;

/** Optimizes open work: find bottlenecks, explain them, choose measures, propose, apply, measure the gain (B4). */
export const optimization = defineRun<Optimization>('optimization', async (run) => {
  run.phase('analyze');
  const found = await run.compute('analyze', {});
  if (found.own.length + found.shared.length > 0) {
    run.phase('diagnose');
    const end = await run.agent('investigate', { params: {}, tools: [...reading], maxTurns: 8 });
    if (end.reason !== 'finished') await run.model('diagnose', {});
  }

  const proposal = await proposeMeasures(run, found);
  if (proposal?.decision.kind !== 'approve') {
    const decision = proposal === null ? 'nothing_to_do' : 'rejected';
    const { proposalId = null, revision: revisions = 0 } = proposal ?? {};
    const result = { decision, proposalId, revisions, ...nothingApplied, ...(await measure(run)) } as const;
    return proposal === null ? { result } : { outcome: 'rejected', result };
  }

  run.phase('apply');
  const applied = await run.apply(proposal);
  const { proposalId, revision: revisions } = proposal;
  return { result: { proposalId, revisions, ...appliedResult(applied), ...(await measure(run)) } };
});

async function measure(run: Run<Optimization>): Promise<Pick<Result, 'findings' | 'before' | 'after' | 'highlights'>> {
  run.phase('measure');
  const measured = await run.compute('measure', {});
  await run.artifact({ name: 'optimization.md', mimeType: 'text/markdown', call: 'measure', field: 'markdown' });
  return measured;
}
