import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import type { Proposal, Run } from '../kernel/types.ts';
import type { CalendarAnalysis, Result } from './contract.ts';
import { proposeSuggestions } from './process/decide.ts';

/** Analyzes a calendar: find patterns, say what they mean, suggest projects and tasks, propose, apply, report (B5). */
export const calendar_analysis = defineRun<CalendarAnalysis>('calendar_analysis', async (run) => {
  run.phase('look');
  const { figures, meetings } = await run.compute('patterns', {});
  if (figures.events === 0) {
    const suggested = { projects: 0, tasks: 0, calendarChanges: 0 };
    return { result: await conclude(run, { figures, suggested, proposal: null }) };
  }

  run.phase('interpret');
  await run.model('interpret', {});
  const { proposal, suggested } = await proposeSuggestions(run, meetings);
  if (proposal?.decision.kind !== 'approve') {
    const result = await conclude(run, { figures, suggested, proposal });
    return proposal === null ? { result } : { outcome: 'rejected', result };
  }

  run.phase('apply');
  const applied = await run.apply(proposal);
  const result = await conclude(run, { figures, suggested, proposal });
  return { result: { ...result, ...appliedResult(applied) } };
});

type Ending = Pick<Result, 'figures' | 'suggested'> & { readonly proposal: Proposal | null };

async function conclude(run: Run<CalendarAnalysis>, { proposal, ...found }: Ending): Promise<Result> {
  run.phase('report');
  const { highlights } = await run.compute('report', {});
  await run.artifact({ name: 'calendar.md', mimeType: 'text/markdown', call: 'report', field: 'markdown' });
  const { proposalId = null, revision: revisions = 0 } = proposal ?? {};
  const decision = proposal === null ? 'nothing_to_propose' : 'rejected';
  return { decision, proposalId, revisions, ...nothingApplied, ...found, highlights: [...highlights] };
}
