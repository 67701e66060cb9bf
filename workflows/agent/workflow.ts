import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import type { Run } from '../kernel/types.ts';
import type { AgentType } from './contract.ts';

type Result = AgentType['result'];

const readEverything = ['read:own'];
const defaultRevisions = 2;

/** Works towards a goal with the tools it was granted, reports, and proposes what should change (B8). */
export const agent = defineRun<AgentType>('agent', async (run, input) => {
  const tools = input.tools ?? readEverything;
  const { maxTurns, maxRevisions = defaultRevisions } = run.options;
  const limits = maxTurns === undefined ? {} : { maxTurns };
  for (let revision = 0; ; revision += 1) {
    run.phase('work');
    const { reason, turns } = await run.agent('work', { params: {}, tools, ...limits });
    run.phase('report');
    const { highlights, changes } = await run.compute('report', { reason, turns });
    await run.artifact({ name: 'report.md', mimeType: 'text/markdown', call: 'report', field: 'markdown' });
    const said = { reason, turns, highlights };
    if (changes === 0)
      return { result: { ...said, ...nothingApplied, decision: 'nothing_proposed', proposalId: null } };

    run.phase('review');
    const proposal = await run.propose('changes', {});
    const { decision, proposalId } = proposal;
    if (decision.kind === 'approve') return { result: { ...said, ...(await apply(run, proposal)) } };
    if (revision >= maxRevisions) {
      return { outcome: 'rejected', result: { ...said, ...nothingApplied, decision: 'rejected', proposalId } };
    }
    run.log(`Rejected: ${decision.comment ?? 'no reason given'}. Working again (${revision + 1} of ${maxRevisions}).`);
  }
});

async function apply(
  run: Run<AgentType>,
  proposal: Awaited<ReturnType<Run<AgentType>['propose']>>,
): Promise<Omit<Result, 'reason' | 'turns' | 'highlights'>> {
  run.phase('apply');
  return { proposalId: proposal.proposalId, ...appliedResult(await run.apply(proposal)) };
}
