import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { StewardError } from '../../src/contract/errors.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { ProposalView, RequestView } from '../../src/contract/views.ts';
import { addedBy, countRecords, expectDoneOnce } from '../support/applied-once.ts';
import { answerTo, everyType, makeRecords } from '../support/every-type.ts';
import { startRun, until, untilEnded } from '../support/runs.ts';
import { serveSteward } from '../support/serve-steward.ts';
import type { Served } from '../support/serve-steward.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { byApi, bySignal, byUpdate } from '../support/ways.ts';
import type { Heard, Way, Words } from '../support/ways.ts';

// Many runs side by side, on a slow machine.
vi.setConfig({ testTimeout: 180_000 });

let steward: TestSteward;
let served: Served;
let ways: readonly { readonly name: string; readonly say: Way; readonly api: StewardApi }[];
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
  served = await serveSteward(steward);
  const { api } = steward;
  ways = [
    { name: 'client', say: byApi(served.client), api: served.client },
    { name: 'service', say: byApi(api), api },
    { name: 'update', say: byUpdate(steward), api },
    { name: 'signal', say: bySignal(steward), api },
  ];
});
afterAll(async () => {
  await served.close();
  await steward.stop();
});

const good: readonly Heard[] = ['taken', 'known', 'sent'];
const refusals: readonly Heard[] = ['conflict', 'no_open_request', 'run_finished'];

/** Says it twice under one id and once under another, all at once, and then all of it again. */
async function sayOften(say: Way, words: Words): Promise<void> {
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const [first, second, third] = await Promise.all([say(words, one), say(words, one), say(words, other)]);
  const heard = [first, second, third];
  expect(heard.filter((each) => ![...good, ...refusals].includes(each))).toEqual([]);
  const again = [await say(words, one), await say(words, other)] as const;
  if (words.kind === 'cancel' || heard.includes('sent')) {
    // Nobody hears what becomes of a signal, and who asks for an end twice means one.
    expect([...heard, ...again].filter((each) => ![...good, ...refusals].includes(each))).toEqual([]);
    return;
  }
  const taken = { one: good.includes(first), other: good.includes(third) };
  expect({ words: words.kind, heard, once: taken.one !== taken.other }).toMatchObject({ once: true });
  expect([words.kind, heard, good.includes(second)]).toEqual([words.kind, heard, taken.one]);
  const [sameId, otherId] = again;
  expect([heard, again, refusals.includes(taken.one ? otherId : sameId)]).toEqual([heard, again, true]);
  const known = taken.one ? sameId : otherId;
  // The workflow itself can be asked no longer once it has ended.
  expect([heard, known, good.includes(known) || known === 'run_finished']).toEqual([heard, known, true]);
}

type Scenario = 'whole' | 'part' | 'rejected' | 'cancelled';

/** All but the last operation that no other one needs. */
function part({ operations }: ProposalView): readonly string[] {
  const needed = new Set(operations.flatMap(({ requires }) => requires));
  const left = operations.findLast(({ id }) => !needed.has(id));
  return operations.filter(({ id }) => operations.length === 1 || id !== left?.id).map(({ id }) => id);
}

async function wordsFor(request: RequestView, scenario: Scenario, asked: number): Promise<Words> {
  if (request.kind !== 'approval') return { kind: 'answer', request, value: answerTo(request) };
  if (scenario === 'cancelled') return { kind: 'cancel', runId: request.runId };
  if (scenario === 'rejected' && asked === 1)
    return { kind: 'decide', request, decision: 'reject', comment: 'Less of it, please.' };
  if (scenario !== 'part') return { kind: 'decide', request, decision: 'approve' };
  const proposal = await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
  return { kind: 'decide', request, decision: 'approve', operations: part(proposal) };
}

/** The request that it waits for, other than those that were closed; null once it is over. */
async function nextRequest(runId: string, closed: ReadonlySet<string>): Promise<RequestView | null> {
  const found = await until(
    `run ${runId} asks or ends`,
    async () => {
      const { status, requests, waitingOn } = await steward.api.getRun({ runId });
      if (isFinished(status)) return { request: null };
      const request = requests.find(({ id }) => id === waitingOn?.id && !closed.has(id));
      return request === undefined ? null : { request };
    },
    120_000,
  );
  return found.request;
}

/** Takes a run to its end by one way to talk to it; returns what was said last. */
async function lead(runId: string, say: Way, scenario: Scenario): Promise<Words | null> {
  const closed = new Set<string>();
  let last: Words | null = null;
  let approvals = 0;
  for (;;) {
    const request = await nextRequest(runId, closed);
    if (request === null) return last;
    closed.add(request.id);
    if (request.kind === 'approval') approvals += 1;
    last = await wordsFor(request, scenario, approvals);
    await sayOften(say, last);
  }
}

/** Undoes all of a run twice at once, and once more. */
async function undoOften(api: StewardApi, runId: string): Promise<void> {
  for (const { id: proposalId, status } of (await api.getRun({ runId })).proposals) {
    if (status !== 'applied' && status !== 'partly_applied') continue;
    const undo = async (): Promise<number | string> =>
      await api.undoProposal({ proposalId }).then(
        ({ undone }) => undone,
        (error: unknown) => {
          if (error instanceof StewardError) return error.code;
          throw error;
        },
      );
    const both = await Promise.all([undo(), undo()]);
    const { status: after, operations } = await api.getProposal({ proposalId });
    const undone = operations.filter((operation) => operation.status === 'undone').length;
    expect(both.filter((each) => each !== undone && each !== 'conflict')).toEqual([]);
    expect(both).toContain(undone);
    // What somebody changed since is kept, and can be asked for again.
    expect(await undo()).toBe(after === 'undone' ? 'conflict' : undone);
    const events = await api.listEvents({ runId, limit: 1_000 });
    const told = events.filter(({ type, data }) => type === 'proposal.undone' && data['proposalId'] === proposalId);
    expect(new Set(told.map(({ data }) => data['family'])).size).toBe(told.length);
  }
}

const scenarios: readonly (readonly [Scenario, string])[] = [
  ['whole', 'approved'],
  ['part', 'approved in part'],
  ['rejected', 'rejected with a comment and then approved'],
  ['cancelled', 'cancelled'],
];

describe('runs of every type that are told everything again and again', () => {
  test.each(scenarios)('take it once and are undone once: %s', async (scenario) => {
    const ids = await makeRecords(steward);
    const before = await countRecords(steward);
    const turn = scenarios.findIndex(([name]) => name === scenario);
    const runs = await Promise.all(
      everyType(ids).map(async (start, index) => {
        const way = ways[(index + turn) % ways.length];
        if (way === undefined) throw new Error('no way');
        const runId = await startRun(steward, { ...start, options: { requireConfirmation: true } });
        return { type: start.type, runId, way };
      }),
    );
    for (const { type, runId, way } of runs) {
      const last = await lead(runId, way.say, scenario);
      const { status, outcome } = await untilEnded(steward, runId);
      const wanted = scenario === 'cancelled' && last?.kind === 'cancel' ? 'cancelled' : 'completed';
      expect([type, way.name, status, outcome]).toEqual([type, way.name, wanted, wanted]);
      // After its end nothing is taken any more; that Temporal's own cancel comes too late, nobody is told.
      const late = last === null ? null : await way.say(last, crypto.randomUUID());
      if (late !== null) expect(last?.kind === 'cancel' ? [...refusals, 'sent'] : refusals).toContain(late);
    }
    const runIds = runs.map(({ runId }) => runId);
    for (const runId of runIds) {
      await expectSound(steward, runId);
      await expectDoneOnce(steward, runId);
    }
    const after = await countRecords(steward);
    const added = await addedBy(steward, runIds);
    for (const [table, count] of Object.entries(added))
      expect([table, (after[table] ?? 0) - (before[table] ?? 0)]).toEqual([table, count]);
    for (const { runId, way } of runs) await undoOften(way.api, runId);
    for (const runId of runIds) await expectDoneOnce(steward, runId);
  });
});
