import { Command } from 'commander';

/**
 * Commands that host parts of Steward. Their code is loaded when they run, so that the client commands stay small and
 * know neither Temporal nor the database.
 */
export function hostCommands(): readonly Command[] {
  const up = new Command('up').description('Start everything: Temporal, database, workers, gateway').action(async () => {
    const { up: start } = await import('../../up/main.ts');
    await start();
  });
  const worker = new Command('worker')
    .description('Run workers of some task queues')
    .option('--queues <names...>', 'steward-runs, steward-records, steward-model, steward-calendar; all when left out')
    .action(async (options: { readonly queues?: readonly string[] }) => {
      const { runWorkerProcess } = await import('../../up/worker-process.ts');
      await runWorkerProcess(options.queues ?? []);
    });
  const gateway = new Command('gateway').description('Run the gateway alone').action(async () => {
    const { runGatewayProcess } = await import('../../up/gateway-process.ts');
    await runGatewayProcess();
  });
  const migrate = new Command('migrate').description('Bring the database up to date').action(async () => {
    const { migrateDatabase } = await import('../../up/migrate-process.ts');
    await migrateDatabase();
  });
  const doctor = new Command('doctor')
    .description('Look whether everything Steward needs is there')
    .option('--rebuild', 'write run rows anew from Temporal')
    .action(async (options: { readonly rebuild?: boolean }) => {
      const { doctor: look } = await import('../../up/doctor.ts');
      await look({ rebuild: options.rebuild === true });
    });
  const offline = new Command('offline-model')
    .description('Serve the offline model alone, as an OpenAI-compatible endpoint')
    .option('--port <port>', '0 for any free one', '0')
    .action(async (options: { readonly port: string }) => {
      const { serveOfflineModel } = await import('../../up/offline-process.ts');
      await serveOfflineModel(Number(options.port));
    });
  return [up, worker, gateway, migrate, doctor, offline];
}
