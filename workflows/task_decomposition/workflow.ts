import { appliedResult, nothingApplied } from '../kernel/applied-result.ts';
import { defineRun } from '../kernel/define-run.ts';
import { proposeUntilDecided } from '../kernel/requests/propose-until-decided.ts';
import type { BodyEnd } from '../kernel/define-run.ts';
import type { Run } from '../kernel/types.ts';
import type { TargetView, TaskDecomposition } from './contract.ts';
import { splitUntilSmall } from './process/split-until-small.ts';

/** Splits a task into subtasks of a stated size: find it, split until small enough, order, propose, apply, report (B2). */
export const task_decomposition = defineRun<TaskDecomposition>('task_decomposition', async (run) => {
  run.phase('find');
  const { state, why, taskId } = await findTask(run);
  if (state !== 'ready') return nothingToDo(run, { why, taskId });

  let parts = await splitUntilSmall(run);
  if (parts.nothing !== null) return nothingToDo(run, { why: parts.nothing, taskId });
  let isNew = true;
  const prepare = async (): Promise<void> => {
    if (!isNew) parts = await splitUntilSmall(run);
    isNew = false;
    run.phase('order');
    if (parts.count > 1) await run.model('order', {});
  };
  const { maxRevisions } = run.options;
  const proposal = await proposeUntilDecided(run, {
    draft: 'subtasks',
    params: {},
    prepare,
    reviewPhase: 'review',
    maxRevisions,
  });
  const { decision, proposalId, revision: revisions } = proposal;
  const found = { taskId, proposalId, revisions, subtasks: parts.count };
  if (decision.kind === 'reject')
    return { outcome: 'rejected', result: { decision: 'rejected', ...found, ...nothingApplied, highlights: [] } };

  run.phase('apply');
  const applied = await run.apply(proposal);
  run.phase('report');
  const { highlights } = await run.compute('report', {});
  await run.artifact({ name: 'subtasks.md', mimeType: 'text/markdown', call: 'report', field: 'markdown' });
  return { result: { ...found, ...appliedResult(applied), highlights: [...highlights] } };
});

async function findTask(run: Run<TaskDecomposition>): Promise<TargetView> {
  const target = await run.compute('target', {});
  if (target.state !== 'ask') return target;
  await run.clarify('Which task shall be split', target.questions);
  return await run.compute('target', {});
}

function nothingToDo(
  run: Run<TaskDecomposition>,
  { why, taskId }: Pick<TargetView, 'why' | 'taskId'>,
): BodyEnd<TaskDecomposition> {
  run.log(`Nothing to do: ${why}`);
  const counts = { revisions: 0, subtasks: 0, ...nothingApplied };
  return { result: { decision: 'nothing_to_do', taskId, proposalId: null, ...counts, highlights: [why] } };
}
