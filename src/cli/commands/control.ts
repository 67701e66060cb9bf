import type { Command } from 'commander';
import type { MessageReceipt } from '../../contract/messages.ts';
import { apiCommand, required } from '../command.ts';
import type { Session } from '../command.ts';
import { note, print, printJson } from '../output.ts';

type Reason = { readonly reason?: string };

function reported({ json }: Session, receipt: MessageReceipt, text: string): void {
  if (json) printJson(receipt);
  else note(receipt.duplicate ? 'Taken already.' : text);
}

function reasoned(options: Reason): { reason?: string } {
  return options.reason === undefined ? {} : { reason: options.reason };
}

export function pauseCommand(): Command {
  return apiCommand<Reason>('pause', 'Pause a run at its next step; its deadlines wait too', async (session, args, options) => {
    reported(session, await session.api.pauseRun({ runId: required(args, 0), ...reasoned(options) }), 'Paused.');
  })
    .argument('<run>', 'id of the run')
    .option('--reason <text>', 'why');
}

export function resumeCommand(): Command {
  return apiCommand<object>('resume', 'Go on with a paused run', async (session, args) => {
    reported(session, await session.api.resumeRun({ runId: required(args, 0) }), 'Resumed.');
  }).argument('<run>', 'id of the run');
}

export function stopCommand(): Command {
  return apiCommand<Reason>('stop', 'End a run at its next step; what it finished stays', async (session, args, options) => {
    reported(session, await session.api.stopRun({ runId: required(args, 0), ...reasoned(options) }), 'It stops at its next step.');
  })
    .argument('<run>', 'id of the run')
    .option('--reason <text>', 'why');
}

export function cancelCommand(): Command {
  return apiCommand<Reason>('cancel', 'End a run now and take back what is half done', async (session, args, options) => {
    reported(session, await session.api.cancelRun({ runId: required(args, 0), ...reasoned(options) }), 'Cancelling.');
  })
    .argument('<run>', 'id of the run')
    .option('--reason <text>', 'why');
}

export function retryCommand(): Command {
  return apiCommand<object>('retry', 'Start the same again as a new run', async ({ api, json }, args) => {
    const started = await api.retryRun({ runId: required(args, 0) });
    if (json) printJson(started);
    else print(started.run.id);
  }).argument('<run>', 'id of the run');
}

export function rerunCommand(): Command {
  return apiCommand<{ readonly from: string } & Reason>('rerun', 'Run again from a step on; later results are forgotten', async ({ api, json }, args, options) => {
    const run = await api.rerunFrom({ runId: required(args, 0), fromStep: Number(options.from), ...reasoned(options) });
    if (json) printJson(run);
    else note(`Running again from step ${options.from}. Watch it: steward run ${run.id} --watch`);
  })
    .argument('<run>', 'id of the run')
    .requiredOption('--from <step>', 'number of the step')
    .option('--reason <text>', 'why');
}

export function contextCommand(): Command {
  return apiCommand<object>('context', 'Tell a run something it should know', async (session, args) => {
    const [runId, ...words] = args;
    reported(session, await session.api.addContext({ runId: runId ?? '', text: words.join(' ') }), 'Noted.');
  })
    .argument('<run>', 'id of the run')
    .argument('<text...>', 'what it should know');
}

type BudgetOptions = { readonly maxCost?: string; readonly maxTokens?: string; readonly maxSteps?: string; readonly onExhausted?: 'ask' | 'abort' };

function limit(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  return text === 'none' ? null : Number(text);
}

export function budgetCommand(): Command {
  return apiCommand<BudgetOptions>('budget', "Change a run's budget", async (session, args, options) => {
    const given = {
      maxCostUsd: limit(options.maxCost),
      maxTokens: limit(options.maxTokens),
      maxSteps: limit(options.maxSteps),
      onExhausted: options.onExhausted,
    };
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    reported(session, await session.api.setBudget({ runId: required(args, 0), ...changes }), 'Budget set.');
  })
    .argument('<run>', 'id of the run')
    .option('--max-cost <usd>', 'in USD, or none')
    .option('--max-tokens <n>', 'or none')
    .option('--max-steps <n>', 'or none')
    .option('--on-exhausted <policy>', 'ask or abort');
}
