import type { Estimate, PhaseCost, PromptEstimate, Range, Spread, Spreads } from '../../contract/estimate.ts';
import type { RunDetail } from '../../contract/views.ts';
import { count, formatUsd } from './format.ts';
import { formatTable } from './table.ts';

const width = Number.MAX_SAFE_INTEGER;

/** `42 s`, `3 min 20 s`. */
function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function span({ median, p90 }: Spread, format: (value: number) => string): string {
  return median === p90 ? format(median) : `${format(median)} (9 of 10 up to ${format(p90)})`;
}

function rangeText({ low, high }: Range, format: (value: number) => string): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}

function promptLine({ costUsd, tokens, calls }: PromptEstimate): string {
  const cost = costUsd === null ? 'an unknown cost' : rangeText(costUsd, formatUsd);
  return `probably ${cost}, ${rangeText(tokens, String)} tokens (no past run: ${count(calls, 'model call')} of the type, each once)`;
}

/** An estimate in a line, or null where nothing can be said. */
export function estimateLine(estimate: Estimate): string | null {
  if (estimate.basis === 'none') return null;
  if (estimate.basis === 'prompt') return promptLine(estimate);
  const { costUsd, tokens, seconds, steps, runs } = estimate;
  return `usually ${span(costUsd, formatUsd)}, ${tokens.median} tokens, ${formatSeconds(seconds.median)} of work, ${count(steps.median, 'step')} (from ${count(runs, 'run')})`;
}

function estimateRow(name: string, { costUsd, tokens, seconds, steps }: Spreads): readonly string[] {
  return [name, span(steps, String), span(tokens, String), span(costUsd, formatUsd), span(seconds, formatSeconds)];
}

const columns = ['phase', 'steps', 'tokens', 'cost', 'work'].map((title) => ({ title }));

/** An estimate as a table: the whole, then phase by phase. */
export function estimateTable(estimate: Estimate): string {
  if (estimate.basis === 'none') return estimate.message;
  if (estimate.basis === 'prompt') return `${promptLine(estimate)}\n${estimate.message}`;
  const rows = [...estimate.phases.map((phase) => estimateRow(phase.name, phase)), estimateRow('all', estimate)];
  const unknown =
    estimate.unknownCostRuns === 0
      ? []
      : [`In ${count(estimate.unknownCostRuns, 'run')} some cost is unknown: they took that much at least.`];
  return [formatTable(columns, rows, width), `From ${count(estimate.runs, 'run')}.`, ...unknown].join('\n');
}

type Phase = Omit<PhaseCost, 'name'> & { readonly title: string; readonly name: string };

function phaseRow(run: RunDetail, phase: Phase): readonly string[] {
  const expected = run.estimate?.phases.find((one) => one.name === phase.name);
  const beside = (actual: string, median: string | undefined): string =>
    median === undefined ? actual : `${actual} (est. ${median})`;
  const unknown = phase.unknownUsd > 0 ? ` + ${formatUsd(phase.unknownUsd)} unknown` : '';
  return [
    phase.title,
    String(phase.steps),
    beside(String(phase.tokens), expected && String(expected.tokens.median)),
    beside(`${formatUsd(phase.costUsd)}${unknown}`, expected && formatUsd(expected.costUsd.median)),
    beside(formatSeconds(phase.seconds), expected && formatSeconds(expected.seconds.median)),
  ];
}

/** What each phase of a run took, beside what was expected of it; nothing before the first step. */
export function phaseTable(run: RunDetail): readonly string[] {
  const entered = run.phases.filter((phase) => phase.steps > 0);
  return entered.length === 0
    ? []
    : [
        formatTable(
          columns,
          entered.map((phase) => phaseRow(run, phase)),
          width,
        ),
      ];
}

/** What was expected of a run at its start, beside what it took. */
export function expectation({ estimate, totalCostUsd, totalTokens, currentStep }: RunDetail): readonly string[] {
  if (estimate === null) return [];
  const { costUsd, tokens, steps, runs } = estimate;
  return [
    `estimated ${span(costUsd, formatUsd)}, ${tokens.median} tokens, ${count(steps.median, 'step')} (from ${count(runs, 'run')}) · actual ${formatUsd(totalCostUsd)}, ${totalTokens} tokens, ${count(currentStep, 'step')}`,
  ];
}
