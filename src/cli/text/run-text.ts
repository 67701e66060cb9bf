import type { RunDetail, StepView } from '../../contract/views.ts';
import { expectation, phaseTable } from './estimate-text.ts';
import { count, formatTime, formatUsd } from './format.ts';
import { bold, dim, paint } from './output.ts';
import { describeRequest } from './request-text.ts';

function board(run: RunDetail): string {
  const marks = { done: '●', current: '◐', pending: '○' } as const;
  return run.phases.map((phase) => `${marks[phase.state]} ${phase.title}`).join('   ');
}

function ofLimit(limit: number | null | undefined, format: (value: number) => string): string {
  return limit === null || limit === undefined ? '' : ` of ${format(limit)}`;
}

/** What was spent against what may be; held and unknown amounts count as spent and are named. */
function costs(run: RunDetail): string {
  const { budget } = run;
  const held = [
    ...(budget !== null && budget.reservedUsd > 0 ? [`${formatUsd(budget.reservedUsd)} reserved`] : []),
    ...(budget !== null && budget.unknownUsd > 0 ? [`${formatUsd(budget.unknownUsd)} unknown`] : []),
  ];
  const spent = `${formatUsd(run.totalCostUsd)}${ofLimit(budget?.limits.maxCostUsd, formatUsd)}`;
  const tokens = `${run.totalTokens}${ofLimit(budget?.limits.maxTokens, String)} tokens`;
  const steps = `${run.currentStep}${ofLimit(budget?.limits.maxSteps, String)} steps`;
  return [`cost ${spent}${held.length === 0 ? '' : ` (${held.join(', ')})`}`, tokens, steps].join(' · ');
}

/** The step that went wrong last, as a line; null when none did. */
function describeFailedStep(steps: readonly StepView[]): string | null {
  const failed = steps.findLast((step) => step.status === 'failed');
  if (failed === undefined) return null;
  const retries = failed.retries === 0 ? '' : ` after ${count(failed.retries, 'retry').replace('retrys', 'retries')}`;
  return `step ${failed.number} (${failed.title}) failed${retries}: ${failed.error ?? 'it gives no reason'}`;
}

function faults(run: RunDetail): readonly string[] {
  const step = describeFailedStep(run.steps);
  return [
    ...(run.error === null ? [] : [`${paint('failed')} ${run.error.code}: ${run.error.message}`]),
    ...(step === null ? [] : [`${paint('failed')} ${step}`]),
  ];
}

function attempts({ attempt, maxAttempts, waitingOn }: RunDetail): readonly string[] {
  if (maxAttempts === 1) return [];
  const due = waitingOn?.kind === 'timer' ? `, due ${formatTime(waitingOn.deadline)}` : '';
  return [`attempt ${attempt} of ${maxAttempts}${due}`];
}

/** Everything about a run that fits a screen. */
export function describeRun(run: RunDetail): string {
  const outcome = run.outcome === null || run.outcome === run.status ? '' : dim(` (${run.outcome})`);
  return [
    `${bold(run.name)}  ${paint(run.status)}${outcome}`,
    board(run),
    `${run.type} · ${costs(run)}`,
    ...expectation(run),
    ...phaseTable(run),
    `created ${formatTime(run.createdAt)} · finished ${formatTime(run.completedAt)}`,
    ...attempts(run),
    ...faults(run),
    ...run.proposals.map((proposal) => `proposal ${proposal.id} ${paint(proposal.status)}: ${proposal.title}`),
    ...run.artifacts.map((artifact) => `file ${artifact.id} ${artifact.name} (${artifact.sizeBytes} bytes)`),
    ...(run.links.temporal === null ? [] : [dim(run.links.temporal)]),
    ...run.requests.filter((each) => each.status === 'open').map(describeRequest),
  ].join('\n');
}

/** How a watched run stands at the end, in a few lines. */
export function summarizeRun(run: RunDetail): string {
  const outcome = run.outcome === null || run.outcome === run.status ? '' : ` (${run.outcome})`;
  return [
    `${run.name}: ${paint(run.status)}${outcome} · ${costs(run)}`,
    ...faults(run),
    ...run.artifacts.map((artifact) => `${artifact.name}: steward file ${artifact.id}`),
    ...(run.links.temporal === null ? [] : [`In Temporal: ${run.links.temporal}`]),
  ].join('\n');
}
