import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { Run } from '../kernel/types.ts';
import type { ProjectPlanning } from './contract.ts';

/** Plans a project: understand, ask, plan, order, schedule, propose, apply, explain (B1). */
export const project_planning = defineRun<ProjectPlanning>('project_planning', async (run) => {
  run.phase('analyze');
  const { questions } = await run.model('analyze', {});
  if (questions.length > 0) {
    await run.clarify('Some answers would change the plan', questions);
    // Start, deadline, hours and assumptions may all be others now.
    await run.model('analyze', {});
  }

  const proposal = await proposeUntilDecided(run, {
    draft: 'plan',
    params: {},
    prepare: async () => await planOnce(run),
    reviewPhase: 'review',
    maxRevisions: run.options.maxRevisions,
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const about = { proposalId, revisions };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { decision: 'rejected', ...about, ...nothingApplied, highlights: [] } };

  run.phase('apply');
  const applied = await run.apply(proposal);

  run.phase('summarize');
  const { highlights } = await run.model('summarize', {});
  await run.artifact({ name: 'plan.md', mimeType: 'text/markdown', call: 'summarize', field: 'markdown' });
  return { result: { ...about, ...appliedResult(applied), highlights } };
});

async function planOnce(run: Run<ProjectPlanning>): Promise<void> {
  run.phase('plan');
  const { phases } = await run.model('plan', {});
  await Promise.all(phases.map(async (phase) => await run.model('tasks', { phase: phase.key }, phase.key)));
  run.phase('order');
  await run.model('dependencies', {});
}
