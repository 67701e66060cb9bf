import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';

/** What the SDK's log lines go to. */
export interface WorkerLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

function write(log: WorkerLog, entry: LogEntry): void {
  const fields = { component: 'temporal', ...entry.meta };
  if (entry.level === 'ERROR') log.error(fields, entry.message);
  else if (entry.level === 'WARN') log.warn(fields, entry.message);
  else log.info(fields, entry.message);
}

/**
 * Sets the process's Temporal runtime up, before the first connection or worker: its lines go to our log, and signals stay
 * ours (by default the runtime stops all workers at SIGINT, before the gateway and the database know). A second call
 * changes nothing.
 */
export function installRuntime(log: WorkerLog): void {
  try {
    Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN', (entry) => write(log, entry)) });
  } catch (error) {
    // The SDK's way of saying that a runtime is there already; anything else is a fault.
    if (!(error instanceof Error) || error.name !== 'IllegalStateError') throw error;
  }
}
