import type { Command } from 'commander';
import { apiCommand, id, required } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { note, print, printJson } from '../../text/output.ts';
import { watchRun } from '../../watch/watch.ts';

export function retryCommand(): Command {
  return apiCommand<{ readonly watch?: boolean }>({
    name: 'retry',
    description: 'Start the same again as a new run',
    example: 'steward retry 01a1fdbc-0522-761d-9caf-d1bebf73e2ee --watch',
    run: async (session, args, { watch }) => {
      const started = await session.api.retryRun({ runId: required(args, 0, 'run') });
      const { id: runId } = started.run;
      if (!session.json) print(runId);
      else if (watch !== true) printJson(started);
      if (watch === true) await watchRun(session, { runId });
      else if (!session.json) note(`Watch it: steward run ${runId} --watch`);
    },
  })
    .argument('<run>', 'id of the run', id)
    .option('-w, --watch', 'stay and show its steps live');
}

type RerunOptions = { readonly from: number; readonly reason?: string; readonly watch?: boolean };

export function rerunCommand(): Command {
  return apiCommand<RerunOptions>({
    name: 'rerun',
    description: 'Run again from a step on; later results are forgotten, model calls are paid again',
    example: 'steward rerun 01a1fdbc-0522-761d-9caf-d1bebf73e2ee --from 3',
    run: async (session, args, { from, watch, ...reason }) => {
      const run = await session.api.rerunFrom({ runId: required(args, 0, 'run'), fromStep: from, ...reason });
      if (watch === true) {
        await watchRun(session, { runId: run.id });
        return;
      }
      if (session.json) printJson(run);
      else note(`Running again from step ${from}. Watch it: steward run ${run.id} --watch`);
    },
  })
    .argument('<run>', 'id of the run', id)
    .requiredOption('--from <step>', 'number of the step', wholeNumber({ min: 1 }))
    .option('--reason <text>', 'why')
    .option('-w, --watch', 'stay and show its steps live');
}
