import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';

const redacted = ['authorization', 'req.headers.authorization', 'token', 'apiKey', 'databaseUrl'];

/** Log lines as JSON on standard error: for processes whose output something else collects. */
export function createProcessLog(config: Config): Logger {
  return pino({ level: config.logLevel, redact: redacted }, destination(2));
}

/** Log lines as JSON in `<data dir>/steward.log`, so that what `steward up` says on the terminal stays readable. */
export async function createFileLog(config: Config): Promise<{ readonly log: Logger; readonly file: string }> {
  await mkdir(config.dataDir, { recursive: true });
  const file = join(config.dataDir, 'steward.log');
  return { log: pino({ level: config.logLevel, redact: redacted }, destination({ dest: file, append: true })), file };
}
