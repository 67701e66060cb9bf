import type { Command } from 'commander';
import { apiCommand, required } from '../command.ts';
import { bold, dim, formatTime, formatUsd, note, paint, print, printJson } from '../output.ts';
import { describeRequest } from '../request-text.ts';
import { watchRun } from '../watch.ts';
import type { RunDetail } from '../../contract/views.ts';

function board(run: RunDetail): string {
  const marks = { done: '●', current: '◐', pending: '○' } as const;
  return run.phases.map((phase) => `${marks[phase.state]} ${phase.title}`).join('   ');
}

function show(run: RunDetail): void {
  print(`${bold(run.name)}  ${paint(run.status)}${run.outcome === null ? '' : dim(` (${run.outcome})`)}`);
  print(board(run));
  const limit = run.budget?.limits.maxCostUsd;
  print(`${run.type} · ${run.currentStep} steps · ${run.totalTokens} tokens · ${formatUsd(run.totalCostUsd)}${limit === undefined || limit === null ? '' : ` of ${formatUsd(limit)}`}`);
  print(`created ${formatTime(run.createdAt)} · finished ${formatTime(run.completedAt)}`);
  if (run.error !== null) print(`${run.error.code}: ${run.error.message}`);
  for (const proposal of run.proposals) print(`proposal ${proposal.id} ${paint(proposal.status)}: ${proposal.title}`);
  for (const artifact of run.artifacts) print(`file ${artifact.id} ${artifact.name} (${artifact.sizeBytes} bytes)`);
  if (run.links.temporal !== null) print(dim(run.links.temporal));
  for (const request of run.requests.filter((each) => each.status === 'open')) print(describeRequest(request));
}

export function runCommand(): Command {
  return apiCommand<{ readonly watch?: boolean }>('run', 'Show a run', async ({ api, json }, args, { watch }) => {
    const runId = required(args, 0);
    if (watch === true) {
      await watchRun(api, { runId, json });
      return;
    }
    const run = await api.getRun({ runId });
    if (json) printJson(run);
    else show(run);
    if (!json) note(`Steps: steward steps ${runId}`);
  })
    .argument('<run>', 'id of the run')
    .option('-w, --watch', 'stay and show its steps live');
}
