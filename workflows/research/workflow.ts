import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import { unlessModelFails } from '../kernel/steps/unless-model-fails.ts';
import type { Run } from '../kernel/types.ts';
import type { Research } from './contract.ts';
import { gatherEvidence } from './process/gather-evidence.ts';

/** Researches a question: split, search, quote, check the quotes, claim, check the claims, report, propose (B3). */
export const research = defineRun<Research>('research', async (run) => {
  run.phase('plan');
  const { questions } = await run.model('plan', {});
  run.phase('gather');
  await Promise.all(questions.map(async (question) => await gatherEvidence(run, question)));
  run.phase('check');
  const { evidence, sources, unverified } = await run.compute('ledger', {});
  const counts = { subQuestions: questions.length, sources, evidence, unverified };
  if (evidence === 0) {
    const nothing = { proposalId: null, revisions: 0, ...nothingApplied };
    return { result: { decision: 'nothing_found', ...counts, ...(await report(run, 'report.md')), ...nothing } };
  }
  const reports: Reported[] = [];
  const proposal = await proposeUntilDecided(run, {
    draft: 'findings',
    params: {},
    prepare: async () => {
      run.phase('synthesize');
      const instead = 'The report shows the quotes as they are.';
      await unlessModelFails(run, instead, async () => await run.model('synthesize', {}));
      reports.push(await report(run, reports.length === 0 ? 'report.md' : `report-${reports.length + 1}.md`));
    },
    reviewPhase: 'review',
    maxRevisions: run.options.maxRevisions,
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const outcome = { ...counts, ...latest(reports), proposalId, revisions };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { decision: 'rejected', ...outcome, ...nothingApplied } };
  run.phase('apply');
  return { result: { ...outcome, ...appliedResult(await run.apply(proposal)) } };
});

type Reported = Pick<Research['result'], 'claims' | 'unsupported' | 'contradictions' | 'gaps' | 'highlights'>;

function latest(reports: readonly Reported[]): Reported {
  return reports.at(-1) ?? { claims: 0, unsupported: 0, contradictions: 0, gaps: 0, highlights: [] };
}

async function report(run: Run<Research>, name: string): Promise<Reported> {
  const { highlights, ...counts } = await run.compute('verify', {});
  await run.artifact({ name, mimeType: 'text/markdown', call: 'verify', field: 'report' });
  return { ...counts, highlights: [...highlights] };
}
