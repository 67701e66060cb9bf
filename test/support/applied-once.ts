import { expect } from 'vitest';
import type { TestSteward } from './steward.ts';

type Row = Readonly<Record<string, string | number>>;

function countBy(rows: readonly Row[], keys: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

async function readRun({ database }: TestSteward, runId: string) {
  return await database.asService(async (tx) => ({
    operations: await tx
      .selectFrom('proposal_operations')
      .innerJoin('proposals', 'proposals.id', 'proposal_operations.proposal_id')
      .select(['proposal_operations.kind', 'proposal_operations.status', 'proposals.status as proposal'])
      .where('proposals.run_id', '=', runId)
      .execute(),
    effects: await tx.selectFrom('effects').select(['name', 'status']).where('run_id', '=', runId).execute(),
    events: await tx.selectFrom('run_events').select(['type', 'data']).where('run_id', '=', runId).execute(),
  }));
}

// Events that tell of one thing each, with the fields that name it.
const told: Readonly<Record<string, readonly string[]>> = {
  'request.closed': ['requestId'],
  'proposal.opened': ['proposalId'],
  'proposal.decided': ['proposalId'],
  'operations.applied': ['proposalId', 'family'],
  'run.finished': [],
};

/**
 * Whatever was said to an ended run, and how often: each request was closed and each proposal decided once, the ledger
 * has one finished effect for each operation that was done, and no proposal is left between two states.
 */
export async function expectDoneOnce(steward: TestSteward, runId: string): Promise<void> {
  const { operations, effects, events } = await readRun(steward, runId);
  for (const [type, keys] of Object.entries(told)) {
    const data = events.filter((event) => event.type === type).map((event) => event.data as Row);
    const doubled = Object.entries(countBy(data, keys)).filter(([, count]) => count > 1);
    expect([type, doubled]).toEqual([type, []]);
  }
  expect(effects.filter(({ status }) => status === 'started')).toEqual([]);
  const done = operations.filter(({ status }) => status === 'applied' || status === 'undone');
  const kinds = new Set(operations.map(({ kind }) => kind));
  const acted = effects.filter(({ name, status }) => status === 'done' && kinds.has(name as (typeof done)[0]['kind']));
  expect(countBy(acted, ['name'])).toEqual(countBy(done, ['kind']));
  const unsettled = operations.filter(
    ({ status, proposal }) =>
      proposal === 'open' ||
      proposal === 'approved' ||
      status === 'accepted' ||
      (status === 'proposed' && proposal !== 'withdrawn'),
  );
  expect(unsettled).toEqual([]);
}

const counted = [
  'projects',
  'phases',
  'tasks',
  'notes',
  'brain_dumps',
  'calendar_events',
  'task_dependencies',
] as const;
const made: Readonly<Record<string, (typeof counted)[number]>> = {
  create_project: 'projects',
  create_phase: 'phases',
  create_task: 'tasks',
  create_note: 'notes',
  create_brain_dump: 'brain_dumps',
  schedule_event: 'calendar_events',
};

/** How many rows there are of each kind of record, deleted ones too. */
export async function countRecords({ database }: TestSteward): Promise<Readonly<Record<string, number>>> {
  return await database.asService(async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of counted) {
      const { count } = await tx
        .selectFrom(table)
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      counts[table] = count;
    }
    return counts;
  });
}

/** How many rows the operations that these runs have done must have added. */
export async function addedBy(
  steward: TestSteward,
  runIds: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const runId of runIds) {
    const { operations } = await readRun(steward, runId);
    for (const { kind, status } of operations) {
      const table = status === 'applied' || status === 'undone' ? made[kind] : undefined;
      if (table !== undefined) counts[table] = (counts[table] ?? 0) + 1;
    }
  }
  return counts;
}
