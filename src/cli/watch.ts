import type { StewardApi } from '../api/steward-api.ts';
import type { JsonObject } from '../contract/json.ts';
import { isFinished } from '../contract/run.ts';
import type { EventView, RunDetail } from '../contract/views.ts';
import { exitCodeOfRun } from './exit-codes.ts';
import { bold, dim, formatUsd, note, paint, print, printJson, shorten } from './output.ts';
import { describeRequest } from './request-text.ts';

type Watching = { readonly runId: string; readonly json: boolean };

function textAt(data: JsonObject, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

function objectAt(data: JsonObject, key: string): JsonObject {
  const value = data[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function stepLine(data: JsonObject): string {
  const step = objectAt(data, 'step');
  const cost = objectAt(data, 'cost');
  const usd = cost['usd'];
  const price = typeof usd === 'number' ? ` ${dim(formatUsd(usd))}` : '';
  const model = textAt(cost, 'model') === '' ? '' : dim(` ${textAt(cost, 'model')}`);
  const error = textAt(data, 'error') === '' ? '' : `: ${textAt(data, 'error')}`;
  return `${String(step['number']).padStart(3)}  ${paint(textAt(data, 'status'))}  ${textAt(step, 'title')}${model}${price}${error}`;
}

/** One line for what people want to see happen; null for the rest. */
function eventLine(event: EventView): string | null {
  const { data } = event;
  switch (event.type) {
    case 'run.phase':
      return bold(`— ${textAt(data, 'phase')}`);
    case 'step.finished':
      return stepLine(data);
    case 'run.status':
      return textAt(data, 'status') === 'running' ? null : `     ${paint(textAt(data, 'status'))} ${textAt(data, 'reason')}`;
    case 'budget.changed':
    case 'log':
    case 'message.ignored':
      return dim(`     ${textAt(data, 'text')}${textAt(data, 'reason')}`);
    case 'run.finished':
      return `     ${paint(textAt(data, 'status'))} ${textAt(data, 'errorMessage')}`;
    default:
      return null;
  }
}

function summarize(run: RunDetail): void {
  const { budget } = run;
  const spent = budget === null ? '' : `, ${formatUsd(budget.spentUsd)}${budget.unknownUsd > 0 ? ` and ${formatUsd(budget.unknownUsd)} unknown` : ''}`;
  note(`${run.name}: ${run.status}${run.outcome === null || run.outcome === run.status ? '' : ` (${run.outcome})`}, ${run.currentStep} steps, ${run.totalTokens} tokens${spent}`);
  if (run.error !== null) note(`${run.error.code}: ${run.error.message}`);
  if (run.links.temporal !== null) note(`In Temporal: ${run.links.temporal}`);
}

async function showRequests(api: StewardApi, runId: string): Promise<void> {
  const { items } = await api.listRequests({ runId, open: true });
  for (const request of items) note(describeRequest(request));
}

/** Follows a run until it ends; says what it waits on and how to answer. Sets the exit code by how it ended. */
export async function watchRun(api: StewardApi, { runId, json }: Watching): Promise<void> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  try {
    for await (const event of api.watchRun({ runId, signal: stop.signal })) {
      const line = json ? JSON.stringify(event) : eventLine(event);
      if (line !== null) print(json ? line : shorten(line, 400));
      if (!json && (event.type === 'request.opened' || event.type === 'proposal.opened')) await showRequests(api, runId);
      if (event.type === 'run.finished') break;
    }
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  const run = await api.getRun({ runId });
  if (!json) summarize(run);
  else printJson(run);
  if (isFinished(run.status)) process.exitCode = exitCodeOfRun(run.status);
  else note(`It goes on without you. Watch it again: steward run ${runId} --watch`);
}
