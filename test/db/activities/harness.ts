import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll } from 'vitest';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { defaultRequestTiming } from '../../../activities/deps.ts';
import { createCalendarActivities } from '../../../activities/calendar/calendar.ts';
import { createFilesActivities } from '../../../activities/files/files.ts';
import { createRecordsActivities } from '../../../activities/records/records.ts';
import { createToolActivities } from '../../../activities/tools/tools.ts';
import type { Database } from '../../../src/db/database.ts';
import type { RunChange, RunEvent } from '../../../src/contract/events.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import type { StepRef } from '../../../src/contract/step.ts';
import type { FileStore } from '../../../src/files/file-store.ts';
import type { ModelService } from '../../../src/models/model-service.ts';
import { noOutsideTools } from '../../../src/tools/tool-source.ts';
import type { ToolSource } from '../../../src/tools/tool-source.ts';
import { createCatalog } from '../../../workflows/catalog.ts';
import { startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { newUser } from '../support/rows.ts';
import { sampleContract } from './sample-contract.ts';

// Only `bound` is asked here: no test of this folder calls a model.
const models: ModelService = {
  describe: () => [],
  bound: ({ promptTokens, maxOutputTokens }) => ({
    usd: promptTokens / 1e6,
    tokens: promptTokens + maxOutputTokens,
    priceKnown: true,
  }),
  room: () => 30_000,
  complete: () => Promise.reject(new Error('no model in this test')),
};

/** A store in memory: the real one has its own test. */
function memoryFiles(): FileStore {
  return {
    put: async (bytes) => await Promise.resolve({ sha256: 'a'.repeat(64), size: bytes.byteLength }),
    get: async () => await Promise.resolve(new Uint8Array()),
  };
}

const now = new Date('2026-03-02T08:00:00.000Z');

function depsOf(database: Database, localUserId: string, draft: readonly Operation[] = []): ActivityDeps {
  const quiet = (): void => undefined;
  return {
    database,
    catalog: createCatalog([sampleContract(draft)]),
    models,
    files: memoryFiles(),
    now: () => now,
    localUserId: () => Promise.resolve(localUserId),
    log: { info: quiet, warn: quiet, error: quiet },
    outsideTools: noOutsideTools,
    requestTiming: defaultRequestTiming,
  };
}

export type World = {
  readonly database: Database;
  readonly userId: string;
  readonly run: RunRef;
  readonly deps: ActivityDeps;
  /** The activities, each called as the given attempt, as Temporal would call them. */
  as(attempt: number): Activities;
};
type Activities = ReturnType<typeof createRecordsActivities> &
  ReturnType<typeof createCalendarActivities> &
  ReturnType<typeof createFilesActivities> &
  ReturnType<typeof createToolActivities> & {
    /** Cancels what runs, as a person who cancels the run does. */
    cancel(): void;
  };

function asAttempt(deps: ActivityDeps, attempt: number): Activities {
  const all = {
    ...createRecordsActivities(deps),
    ...createCalendarActivities(deps),
    ...createFilesActivities(deps),
    ...createToolActivities(deps),
  };
  const environment = new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') });
  const inContext =
    <P, R>(activity: (params: P) => Promise<R>) =>
    async (params: P): Promise<R> =>
      await environment.run(activity, params);
  return {
    admit: inContext((params) => all.admit(params)),
    project: inContext((params) => all.project(params)),
    compute: inContext((params) => all.compute(params)),
    propose: inContext((params) => all.propose(params)),
    choose: inContext((params) => all.choose(params)),
    applyOperations: inContext((params) => all.applyOperations(params)),
    undoOperations: inContext((params) => all.undoOperations(params)),
    applyEvents: inContext((params) => all.applyEvents(params)),
    undoEvents: inContext((params) => all.undoEvents(params)),
    saveArtifact: inContext((params) => all.saveArtifact(params)),
    useTool: inContext((params) => all.useTool(params)),
    cancel: () => environment.cancel('CANCELLED'),
  };
}

/** A new person with an admitted run whose draft is `draft`. */
export async function newWorld(database: Database, draft: readonly Operation[] = []): Promise<World> {
  const userId = await newUser(database);
  const deps = depsOf(database, userId, draft);
  const runId = randomUUID();
  const as = (attempt: number): Activities => asAttempt(deps, attempt);
  const { run } = await as(1).admit({
    type: 'sample',
    workflowId: `run-${runId}`,
    temporalRunId: randomUUID(),
    fallbackRunId: randomUUID(),
    argument: { input: { userPrompt: 'Plan the garden' } },
  });
  return { database, userId, run, deps, as };
}

export function step(number: number, fields: Partial<StepRef> = {}): StepRef {
  return {
    number,
    type: 'proposal',
    name: 'plan',
    path: 'proposal:plan',
    iteration: 1,
    title: 'Plan',
    phase: 'plan',
    slot: null,
    ...fields,
  };
}

export const applyStep = step(9, { type: 'apply', name: 'apply', path: 'apply:apply', title: 'Apply' });

export function change(sequence: number, event: RunEvent): RunChange {
  return { key: `w${String(sequence)}`, sequence, at: new Date(now.getTime() + sequence * 1_000).toISOString(), event };
}

/** The same person and run, with another database handle or another draft. */
export function sameWorld(
  world: World,
  changes: { readonly database: Database; readonly draft?: readonly Operation[] },
): World {
  const deps = depsOf(changes.database, world.userId, changes.draft ?? []);
  return { ...world, deps, as: (attempt) => asAttempt(deps, attempt) };
}

/** The same person and run, with tools from outside. */
export function withOutsideTools(world: World, outsideTools: ToolSource): World {
  const deps = { ...world.deps, outsideTools };
  return { ...world, deps, as: (attempt) => asAttempt(deps, attempt) };
}

/** One database for all tests of a `describe`. */
export function useDatabase(start: () => Promise<TestDatabase>): () => Database {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  afterAll(() => test.stop());
  return () => test.database;
}
