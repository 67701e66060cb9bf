import { Command } from 'commander';
import { answerCommand } from './commands/answer.ts';
import { calendarCommand } from './commands/calendar.ts';
import { budgetCommand, cancelCommand, contextCommand, pauseCommand, rerunCommand, resumeCommand, retryCommand, stopCommand } from './commands/control.ts';
import { approveCommand, rejectCommand } from './commands/decide.ts';
import { hostCommands } from './commands/host.ts';
import { proposalCommand, undoCommand } from './commands/proposal.ts';
import { recordCommands } from './commands/records.ts';
import { requestsCommand } from './commands/requests.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { startCommand } from './commands/start.ts';
import { stepsCommand } from './commands/steps.ts';
import { tokensCommand } from './commands/tokens.ts';
import { artifactCommand, exportCommand, importCommand } from './commands/transfer.ts';
import { typesCommand } from './commands/types.ts';
import { usageCommand } from './commands/usage.ts';

const exitCodeHelp = `
Exit codes: 0 done · 1 failed · 2 wrong usage · 3 not found · 4 refused · 5 not allowed · 6 unavailable
            10 the watched run failed · 11 it was cancelled`;

const clientCommands = [
  ...[startCommand, runsCommand, runCommand, stepsCommand],
  ...[requestsCommand, answerCommand, proposalCommand, approveCommand, rejectCommand, undoCommand],
  ...[pauseCommand, resumeCommand, stopCommand, cancelCommand, retryCommand, rerunCommand, contextCommand, budgetCommand],
  ...[typesCommand, usageCommand, calendarCommand, artifactCommand, tokensCommand, exportCommand, importCommand],
];

/** All of `steward`. Errors are thrown, not printed: `main.ts` maps them once. */
export function createProgram(version: string): Command {
  const program = new Command('steward')
    .description('State an intent; Steward plans it, asks what is unclear, and applies what you approve, exactly once.')
    .version(version)
    .option('--json', 'data as JSON on standard output')
    .option('--url <url>', "the gateway's address")
    .option('--token <token>', 'API token')
    .option('--data-dir <dir>', "where a local Steward's address and token lie")
    .addHelpText('after', exitCodeHelp);
  for (const command of hostCommands()) program.addCommand(command);
  for (const make of clientCommands) program.addCommand(make());
  for (const command of recordCommands()) program.addCommand(command);
  program.commands.forEach(throwErrors);
  throwErrors(program);
  return program;
}

function throwErrors(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwErrors);
}
