import { Command } from 'commander';
import { StewardError } from '../../contract/errors.ts';
import { withExample } from '../command.ts';
import type { GlobalOptions } from '../context.ts';
import { wholeNumber } from '../flags.ts';
import { keepRunningOnClosedPipe } from '../pipes.ts';
import { reportError } from '../report.ts';
import { UsageError } from '../usage-error.ts';

type Host<Options> = {
  readonly name: string;
  readonly description: string;
  readonly example: string;
  readonly run: (options: Options) => Promise<void>;
};

// Node's own words name neither the setting nor the way out.
function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  const port = 'port' in error ? String(error.port) : '';
  const message = `Port ${port} is taken by another process: choose one with STEWARD_PORT, or leave it out.`;
  return new StewardError('conflict', message, { cause: error });
}

/**
 * A command that hosts parts of Steward. Its code is loaded when it runs, so that the client commands stay small and know
 * neither Temporal nor the database. Its settings come from the environment alone, as those of a service do.
 */
function hostCommand<Options extends object>({ name, description, example, run }: Host<Options>): Command {
  const command = new Command(name).description(description);
  command.action(async (options: Options) => {
    const { dataDir, json } = command.optsWithGlobals<GlobalOptions>();
    if (dataDir !== undefined) throw new UsageError(`--data-dir: "${name}" reads STEWARD_DATA_DIR=${dataDir} instead`);
    keepRunningOnClosedPipe();
    try {
      await run(options);
    } catch (error) {
      // What was opened before the failure may hold a timer or a socket: said is said, and the process ends.
      process.exit(reportError(explain(error), { json: json === true }));
    }
  });
  return withExample(command, example);
}

function upCommand(): Command {
  return hostCommand({
    name: 'up',
    description: 'Start everything: Temporal, database, workers, gateway',
    example: 'STEWARD_PORT=9000 steward up',
    run: async () => {
      const { up } = await import('../../up/main.ts');
      await up();
    },
  });
}

function workerCommand(): Command {
  return hostCommand<{ readonly queues?: readonly string[] }>({
    name: 'worker',
    description: 'Run workers of some task queues',
    example: 'steward worker --queues steward-model',
    run: async ({ queues }) => {
      const { runWorkerProcess } = await import('../../up/worker-process.ts');
      await runWorkerProcess(queues ?? []);
    },
  }).option(
    '--queues <names...>',
    'steward-runs, steward-records, steward-model, steward-calendar, steward-tools; all when left out',
  );
}

function gatewayCommand(): Command {
  return hostCommand({
    name: 'gateway',
    description: 'Run the gateway alone',
    example: 'DATABASE_URL=postgres://… steward gateway',
    run: async () => {
      const { runGatewayProcess } = await import('../../up/gateway-process.ts');
      await runGatewayProcess();
    },
  });
}

function migrateCommand(): Command {
  return hostCommand({
    name: 'migrate',
    description: 'Bring the database up to date',
    example: 'DATABASE_URL=postgres://… steward migrate',
    run: async () => {
      const { migrateDatabase } = await import('../../up/migrate-process.ts');
      await migrateDatabase();
    },
  });
}

function doctorCommand(): Command {
  return hostCommand<{ readonly rebuild?: boolean }>({
    name: 'doctor',
    description: 'Look whether everything Steward needs is there',
    example: 'steward doctor',
    run: async ({ rebuild }) => {
      const { doctor } = await import('../../up/doctor.ts');
      await doctor({ rebuild: rebuild === true });
    },
  }).option('--rebuild', 'write run rows anew from Temporal');
}

function offlineModelCommand(): Command {
  return hostCommand<{ readonly port: number }>({
    name: 'offline-model',
    description: 'Serve the offline model alone, as an OpenAI-compatible endpoint',
    example: 'steward offline-model --port 9100',
    run: async ({ port }) => {
      const { serveOfflineModel } = await import('../../up/offline-process.ts');
      await serveOfflineModel(port);
    },
  }).option('--port <port>', '0 for any free one', wholeNumber({ min: 0, max: 65_535 }), 0);
}

/** Commands that run parts of Steward, as opposed to those that talk to it. */
export function hostCommands(): readonly Command[] {
  return [upCommand(), workerCommand(), gatewayCommand(), migrateCommand(), doctorCommand(), offlineModelCommand()];
}
