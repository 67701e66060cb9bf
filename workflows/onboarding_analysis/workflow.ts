import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { Run } from '../kernel/types.ts';
import type { MatchView, OnboardingAnalysis } from './contract.ts';

/** Learns of a person and their work from what they say: understand, ask, match, propose, apply (B18). */
export const onboarding_analysis = defineRun<OnboardingAnalysis>('onboarding_analysis', async (run) => {
  let found = await understand(run, 'ask');
  if (found.changes === 0) {
    const { fields, projects, tasks, highlights } = found;
    const counts = { fields, projects, tasks, revisions: 0, ...nothingApplied };
    return { result: { decision: 'nothing_to_do', proposalId: null, ...counts, highlights: [...highlights] } };
  }
  let isNew = true;
  const { maxRevisions } = run.options;
  const proposal = await proposeUntilDecided(run, {
    draft: 'onboarding',
    params: {},
    prepare: async () => {
      if (!isNew) found = await understand(run, 'read');
      isNew = false;
    },
    reviewPhase: 'review',
    maxRevisions,
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const { fields, projects, tasks } = found;
  const about = { proposalId, revisions, fields, projects, tasks, highlights: [...found.highlights] };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { decision: 'rejected', ...about, ...nothingApplied } };

  run.phase('apply');
  return { result: { ...about, ...appliedResult(await run.apply(proposal)) } };
});

async function understand(run: Run<OnboardingAnalysis>, mode: 'ask' | 'read'): Promise<MatchView> {
  run.phase('understand');
  const [{ questions }] = await Promise.all([run.model('profile', {}), run.model('work', {})]);
  if (mode === 'ask' && questions.length > 0) {
    await run.clarify('About when and where you work', questions);
    await run.model('profile', {});
  }
  run.phase('match');
  return await run.compute('match', {});
}
