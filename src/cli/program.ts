import { Command } from 'commander';
import { estimateCommand } from './commands/account/estimate.ts';
import { mcpCommand } from './commands/account/mcp.ts';
import { tokensCommand } from './commands/account/tokens.ts';
import { typesCommand } from './commands/account/types.ts';
import { usageCommand } from './commands/account/usage.ts';
import { filesCommand } from './commands/files/files.ts';
import { searchCommand } from './commands/files/search.ts';
import { hostCommands } from './commands/host.ts';
import { briefsCommand } from './commands/records/briefs.ts';
import { calendarCommand } from './commands/records/calendar.ts';
import { recordCommands } from './commands/records/records.ts';
import { exportCommand, fileCommand, importCommand } from './commands/records/transfer.ts';
import { answerCommand } from './commands/review/answer.ts';
import { approveCommand } from './commands/review/approve.ts';
import { proposalCommand, undoCommand } from './commands/review/proposal.ts';
import { rejectCommand } from './commands/review/reject.ts';
import { requestsCommand } from './commands/review/requests.ts';
import { rerunCommand, retryCommand } from './commands/runs/again.ts';
import {
  budgetCommand,
  cancelCommand,
  contextCommand,
  pauseCommand,
  resumeCommand,
  stopCommand,
} from './commands/runs/messages.ts';
import { runCommand } from './commands/runs/run.ts';
import { runsCommand } from './commands/runs/runs.ts';
import { startCommand } from './commands/runs/start.ts';
import { stepsCommand } from './commands/runs/steps.ts';
import { schedulesCommand } from './commands/schedules/schedules.ts';
import { exitCodeHelp } from './exit-codes.ts';

const groups = [
  { title: 'Runs:', commands: [startCommand, runsCommand, runCommand, stepsCommand, fileCommand, schedulesCommand] },
  {
    title: 'What waits for you:',
    commands: [requestsCommand, answerCommand, proposalCommand, approveCommand, rejectCommand, undoCommand],
  },
  {
    title: 'Control of a run:',
    commands: [
      pauseCommand,
      resumeCommand,
      stopCommand,
      cancelCommand,
      retryCommand,
      rerunCommand,
      contextCommand,
      budgetCommand,
    ],
  },
  {
    title: 'Account:',
    commands: [
      typesCommand,
      estimateCommand,
      usageCommand,
      calendarCommand,
      tokensCommand,
      mcpCommand,
      exportCommand,
      importCommand,
    ],
  },
] as const;

/** All of `steward`. Errors are thrown: `main.ts` maps them once. With `json` nothing but JSON is written about them. */
export function createProgram(version: string, { json }: { readonly json: boolean }): Command {
  const program = new Command('steward')
    .description('State an intent; Steward plans it, asks what is unclear, and applies what you approve, exactly once.')
    .version(version)
    .option('--json', 'data as JSON on standard output, errors as JSON on standard error')
    .option('--url <url>', "the gateway's address")
    .option('--token <token>', 'API token')
    .option('--data-dir <dir>', "where a local Steward's address and token lie")
    .addHelpText('after', `\nExample:\n  steward start project_planning --prompt "Plan my move to Berlin" --watch`)
    .addHelpText('after', exitCodeHelp);
  for (const command of hostCommands()) program.addCommand(command.helpGroup('Servers:'));
  for (const { title, commands } of groups) {
    for (const make of commands) program.addCommand(make().helpGroup(title));
  }
  for (const command of [...recordCommands(), briefsCommand(), filesCommand(), searchCommand()])
    program.addCommand(command.helpGroup('Records:'));
  throwErrors(program, json);
  return program;
}

/** Makes a command and those under it throw what they would end the process for. */
export function throwErrors(command: Command, json: boolean): void {
  command.exitOverride();
  if (json) command.configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  for (const child of command.commands) throwErrors(child, json);
}
