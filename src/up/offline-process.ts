import { startOfflineModel } from '../models/offline/server.ts';
import { stopSignal } from './signals.ts';

/** `steward offline-model`: the offline model alone, so that anything can stand between it and Steward. */
export async function serveOfflineModel(port: number): Promise<void> {
  const model = await startOfflineModel({ port });
  process.stdout.write(`OPENAI_BASE_URL=${model.url}\n`);
  await stopSignal();
  await model.close();
}
