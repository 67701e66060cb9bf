import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { createStewardService } from '../../../../src/api/service/create-service.ts';
import type { StewardService } from '../../../../src/api/service/create-service.ts';
import type { ServiceDeps } from '../../../../src/api/service/context.ts';
import type { StewardApi } from '../../../../src/api/steward-api.ts';
import type { Scope } from '../../../../src/api/tokens-api.ts';
import { createLocalCalendar } from '../../../../src/calendar/local/provider.ts';
import { ensureUser } from '../../../../src/db/users.ts';
import { openFileStore } from '../../../../src/files/file-store.ts';
import { commonOptions, planningInput } from '../../../../src/schemas/common-input.ts';
import type { WorkflowContract } from '../../../../src/schemas/workflow-contract.ts';
import { StewardError } from '../../../../src/contract/errors.ts';
import { createCatalog } from '../../../../workflows/catalog.ts';
import { backends } from '../../../db/support/backends.ts';
import type { TestDatabase } from '../../../db/support/backends.ts';

export const ann = '00000000-0000-7000-8000-00000000000a';
export const ben = '00000000-0000-7000-8000-00000000000b';

/** A type with nothing but an input. */
export const sample: WorkflowContract = {
  name: 'sample',
  version: 1,
  title: 'Sample',
  description: 'For tests.',
  phases: [
    { name: 'first', title: 'First' },
    { name: 'second', title: 'Second' },
  ],
  input: planningInput,
  options: commonOptions,
  result: z.json(),
  examples: [],
  calls: {},
  drafts: {},
  nameRun: ({ userPrompt }) => `Sample: ${typeof userPrompt === 'string' ? userPrompt : ''}`,
};

export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type TestService = {
  readonly db: TestDatabase;
  readonly service: StewardService;
  as(userId: string, scopes?: readonly Scope[]): StewardApi;
  stop(): Promise<void>;
};

/** The real service over a fresh database; Temporal is away unless given. */
export async function startTestService(
  overrides: Partial<ServiceDeps> & { readonly backend?: (typeof backends)[number] } = {},
): Promise<TestService> {
  const [pglite] = backends;
  const backend = overrides.backend ?? pglite;
  if (backend === undefined) throw new Error('no backend');
  const db = await backend.start();
  const { database } = db;
  await database.asService(async (tx) => {
    for (const id of [ann, ben]) await ensureUser(tx, { id, name: id, timezone: 'UTC' });
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-files-'));
  const away: () => Client | null = () => null;
  const service = createStewardService({
    database,
    temporal: away,
    catalog: createCatalog([sample]),
    files: openFileStore(folder),
    calendar: createLocalCalendar({ database }),
    models: null,
    taskQueues: { runs: 'steward-runs' },
    ui: { temporalUrl: 'http://127.0.0.1:8233' },
    now: () => new Date(),
    log: quiet,
    ...overrides,
  });
  return {
    db,
    service,
    as: (userId, scopes = ['admin']) => service.forCaller({ userId, scopes, tokenId: null }),
    async stop() {
      await service.close();
      await db.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The error that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<StewardError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof StewardError) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** Paths of the fields that a refusal names. */
export function paths(error: StewardError): readonly string[] {
  return (error.details.problems ?? []).map((problem) => problem.path).sort();
}
