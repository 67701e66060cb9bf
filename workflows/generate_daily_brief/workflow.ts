import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { Run } from '../kernel/types.ts';
import type { DayView, GenerateDailyBrief } from './contract.ts';

// A few small projects share a call; a large one has its own.
const packing = { maxItems: 6, maxChars: 8_000 } as const;

/** Writes the brief of a day: collect, brief each project, put together, analyze, save and tell (B18). */
export const generate_daily_brief = defineRun<GenerateDailyBrief>('generate_daily_brief', async (run) => {
  run.phase('collect');
  const collected = await run.compute('collect', {});

  let highlights: readonly string[] = [];
  const prepare = async (): Promise<void> => {
    highlights = await write(run, collected);
  };
  const proposal = await proposeUntilDecided(run, {
    draft: 'brief',
    params: {},
    prepare,
    reviewPhase: 'save',
    maxRevisions: run.options.maxRevisions,
    // The brief is the run's own product: nobody is asked, unless requireConfirmation says so.
    asking: 'own',
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const about = { ...collected.day, proposalId, revisions, highlights: [...highlights] };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { decision: 'rejected', ...about, applied: 0, failed: 0 } };

  const { applied, failed } = await run.apply(proposal);
  await run.artifact({ name: 'brief.md', mimeType: 'text/markdown', call: 'brief', field: 'markdown' });
  return { result: { decision: 'saved', ...about, applied, failed } };
});

async function write(run: Run<GenerateDailyBrief>, { projects, quiet }: DayView): Promise<readonly string[]> {
  run.phase('projects');
  if (projects.length > 0) await run.batched('projectBriefs', projects, { params: {}, ...packing });
  await run.compute('consolidate', {});
  run.phase('analyze');
  if (!quiet) await run.model('analyze', {});
  const { highlights } = await run.compute('brief', {});
  return highlights;
}
