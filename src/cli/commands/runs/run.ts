import type { Command } from 'commander';
import { apiCommand, id, required } from '../../command.ts';
import { note, print, printJson } from '../../text/output.ts';
import { describeRun } from '../../text/run-text.ts';
import { watchRun } from '../../watch/watch.ts';

export function runCommand(): Command {
  return apiCommand<{ readonly watch?: boolean }>({
    name: 'run',
    description: 'Show a run, or watch it',
    example: 'steward run 01a1fdbc-0522-761d-9caf-d1bebf73e2ee --watch',
    run: async (session, args, { watch }) => {
      const runId = required(args, 0, 'run');
      if (watch === true) {
        await watchRun(session, { runId });
        return;
      }
      const run = await session.api.getRun({ runId });
      if (session.json) {
        printJson(run);
        return;
      }
      print(describeRun(run));
      note(`Steps: steward steps ${runId}`);
    },
  })
    .argument('<run>', 'id of the run', id)
    .option('-w, --watch', 'stay and show its steps live; with --json one event a line, the run last');
}
