import { access, constants, mkdir } from 'node:fs/promises';
import { loadConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { StewardError } from '../contract/errors.ts';
import { rebuildRuns } from '../api/service/rebuild.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { findTemporal } from '../temporal/find-temporal.ts';
import { catalog } from '../../workflows/catalog.ts';
import { createProcessLog } from './log.ts';
import { openMigratedDatabase } from './open-database.ts';
import { openModels } from './open-models.ts';
import { openTools } from './open-tools.ts';

type Check = { readonly name: string; readonly look: () => Promise<string> };

async function lookAtTools(config: Config): Promise<string> {
  const quiet = { info: () => undefined, warn: () => undefined };
  const { source, servers, close } = await openTools(config.mcp, quiet);
  try {
    const { tools, absent } = await source.listTools();
    const found = tools.map(({ name, access, policy }) => `${name} (${access}, ${policy})`);
    const told = [...absent.map(({ reason }) => reason), ...(found.length > 0 ? [found.join(', ')] : [])].join('; ');
    if (absent.length > 0) throw new Error(told);
    return servers.length === 0 ? 'none' : told;
  } finally {
    await close();
  }
}

function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const problems = error instanceof StewardError ? (error.details.problems ?? []) : [];
  return problems.length === 0 ? error.message : problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
}

function checks(config: Config): readonly Check[] {
  return [
    { name: 'Node', look: async () => await Promise.resolve(process.version) },
    {
      name: 'data directory',
      look: async () => {
        await mkdir(config.dataDir, { recursive: true });
        await access(config.dataDir, constants.W_OK);
        return config.dataDir;
      },
    },
    {
      name: 'Temporal',
      look: async () => {
        const { address, cliPath } = config.temporal;
        if (address === null) return (await findTemporal({ cliPath, cacheDir: config.cacheDir })).command;
        const client = await connectTemporal({ address, config });
        await client.close();
        return address;
      },
    },
    {
      name: 'models',
      look: async () => {
        const models = await openModels(config.models);
        const ids = models.service.describe().map((model) => model.id);
        await models.close();
        return `${models.description}: ${ids.join(', ')}`;
      },
    },
    { name: 'MCP servers', look: async () => await lookAtTools(config) },
  ];
}

async function lookAtAll(config: Config): Promise<boolean> {
  let well = true;
  for (const { name, look } of checks(config)) {
    try {
      process.stdout.write(`ok    ${name}: ${await look()}\n`);
    } catch (error) {
      well = false;
      process.stdout.write(`fault ${name}: ${faultText(error)}\n`);
    }
  }
  return well;
}

async function rebuild(config: Config): Promise<void> {
  const log = createProcessLog(config);
  const database = await openMigratedDatabase(config, log);
  const temporal = await connectTemporal({ address: config.temporal.address ?? '127.0.0.1:7233', config });
  const types = catalog.names();
  const report = await rebuildRuns({ database, client: temporal.client, types });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  await temporal.close();
  await database.close();
}

/** `steward doctor`: looks whether what Steward needs is there; `rebuild` writes run rows anew from Temporal. */
export async function doctor(options: { readonly rebuild: boolean }): Promise<void> {
  const config = loadConfig(readEnvironment());
  for (const name of config.unknownSettings) process.stdout.write(`warn  ${name} is no setting of Steward\n`);
  const well = await lookAtAll(config);
  if (options.rebuild) await rebuild(config);
  process.exitCode = well ? 0 : 1;
}
