import { Option } from 'commander';
import type { Command } from 'commander';
import type { MessageReceipt } from '../../../contract/messages.ts';
import { apiCommand, id, required } from '../../command.ts';
import type { Session } from '../../command.ts';
import { amount, noneAsNull, orNone, wholeNumber } from '../../flags.ts';
import { note, printJson } from '../../text/output.ts';
import { UsageError } from '../../usage-error.ts';

type Reason = { readonly reason?: string };
type Send = (session: Session, runId: string, options: Reason) => Promise<MessageReceipt>;

const someRun = '01a1fdbc-0522-761d-9caf-d1bebf73e2ee';

function reported({ json }: Session, receipt: MessageReceipt, text: string): void {
  if (json) printJson(receipt);
  else note(receipt.duplicate ? 'Taken already.' : text);
}

type Message = { readonly name: string; readonly description: string; readonly done: string; readonly send: Send };

function messageCommand({ name, description, done, send }: Message): Command {
  return apiCommand<Reason>({
    name,
    description,
    example: `steward ${name} ${someRun}`,
    run: async (session, args, options) => {
      reported(session, await send(session, required(args, 0, 'run'), options), done);
    },
  }).argument('<run>', 'id of the run', id);
}

export function pauseCommand(): Command {
  return messageCommand({
    name: 'pause',
    description: 'Pause a run at its next step; its deadlines wait too',
    done: 'Paused.',
    send: async ({ api }, runId, options) => await api.pauseRun({ runId, ...options }),
  }).option('--reason <text>', 'why');
}

export function resumeCommand(): Command {
  return messageCommand({
    name: 'resume',
    description: 'Go on with a paused run',
    done: 'Resumed.',
    send: async ({ api }, runId) => await api.resumeRun({ runId }),
  });
}

export function stopCommand(): Command {
  return messageCommand({
    name: 'stop',
    description: 'End a run at its next step; what it finished stays',
    done: 'It stops at its next step.',
    send: async ({ api }, runId, options) => await api.stopRun({ runId, ...options }),
  }).option('--reason <text>', 'why');
}

export function cancelCommand(): Command {
  return messageCommand({
    name: 'cancel',
    description: 'End a run now and take back what is half done',
    done: 'Cancelling.',
    send: async ({ api }, runId, options) => await api.cancelRun({ runId, ...options }),
  }).option('--reason <text>', 'why');
}

export function contextCommand(): Command {
  return apiCommand<object>({
    name: 'context',
    description: 'Tell a run something it should know',
    example: `steward context ${someRun} The movers come on Friday`,
    run: async (session, args) => {
      const [, ...words] = args;
      const message = { runId: required(args, 0, 'run'), text: words.join(' ') };
      reported(session, await session.api.addContext(message), 'Noted.');
    },
  })
    .argument('<run>', 'id of the run', id)
    .argument('<text...>', 'what it should know');
}

type BudgetOptions = {
  readonly maxCost?: number | 'none';
  readonly maxTokens?: number | 'none';
  readonly maxSteps?: number | 'none';
  readonly onExhausted?: 'ask' | 'abort';
};

export function budgetCommand(): Command {
  return apiCommand<BudgetOptions>({
    name: 'budget',
    description: "Change a run's budget",
    example: `steward budget ${someRun} --max-cost 2.50`,
    run: async (session, args, options) => {
      const { maxCost, ...others } = noneAsNull(options);
      const changes = { ...others, ...(maxCost === undefined ? {} : { maxCostUsd: maxCost }) };
      if (Object.keys(changes).length === 0) {
        throw new UsageError('give at least one of --max-cost, --max-tokens, --max-steps, --on-exhausted');
      }
      const receipt = await session.api.setBudget({ runId: required(args, 0, 'run'), ...changes });
      reported(session, receipt, 'Budget set.');
    },
  })
    .argument('<run>', 'id of the run', id)
    .option('--max-cost <usd>', 'in USD, or none', orNone(amount))
    .option('--max-tokens <n>', 'or none', orNone(wholeNumber({ min: 0 })))
    .option('--max-steps <n>', 'or none', orNone(wholeNumber({ min: 1, max: 10_000 })))
    .addOption(new Option('--on-exhausted <policy>', 'what happens at the limit').choices(['ask', 'abort']));
}
