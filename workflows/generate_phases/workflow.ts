import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { BatchItem } from '../../src/contract/types/shapes.ts';
import type { Run } from '../kernel/types.ts';
import type { GeneratePhases } from './contract.ts';

/** Gives a project phases: read it, lay them out, place every open task, suggest what is missing, propose, apply (B18). */
export const generate_phases = defineRun<GeneratePhases>('generate_phases', async (run) => {
  run.phase('read');
  const { tasks } = await run.compute('read', {});

  let phases = 0;
  const prepare = async (): Promise<void> => {
    phases = await layOut(run, tasks);
  };
  const { maxRevisions } = run.options;
  const proposal = await proposeUntilDecided(run, {
    draft: 'phases',
    params: {},
    prepare,
    reviewPhase: 'review',
    maxRevisions,
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const about = { proposalId, revisions, phases, tasks: tasks.length };
  if (decision.kind === 'reject') {
    return { outcome: 'rejected', result: { decision: 'rejected', ...about, ...nothingApplied, highlights: [] } };
  }

  run.phase('apply');
  const applied = await run.apply(proposal);
  run.phase('report');
  const { highlights } = await run.compute('report', {});
  await run.artifact({ name: 'phases.md', mimeType: 'text/markdown', call: 'report', field: 'markdown' });
  return { result: { ...about, ...appliedResult(applied), highlights: [...highlights] } };
});

async function layOut(run: Run<GeneratePhases>, tasks: readonly BatchItem[]): Promise<number> {
  run.phase('phases');
  const { keys } = await run.model('phases', {});
  run.phase('assign');
  if (tasks.length > 0) await run.batched('assign', tasks, { params: {} });
  const suggesting = run.options.suggestTasks === false ? [] : keys;
  await Promise.all(suggesting.map(async (phase) => await run.model('suggest', { phase }, phase)));
  return keys.length;
}
