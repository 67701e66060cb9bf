import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import { isFinished } from '../../src/contract/run.ts';
import { answerRequest } from '../../src/models/offline/answer/answer.ts';
import { readBody } from '../../src/models/offline/request-body.ts';
import { everyExample, makeRecords, settled } from '../support/every-type.ts';
import type { RecordIds } from '../support/every-type.ts';
import type { Fault, SeenCall } from '../support/model-proxy.ts';
import { startRun, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

// Many runs side by side, on a slow machine.
vi.setConfig({ testTimeout: 180_000 });

let steward: TestSteward;
let ids: RecordIds;
beforeAll(async () => {
  steward = await startSteward({
    temporalAddress: inject('temporalAddress'),
    price: { input: 1, output: 1 },
    modelTimeoutMs: 1_500,
  });
  ids = await makeRecords(steward);
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

/** The offline model's answer to a call, with every value changed by `change`; agents' turns pass. */
function changed({ body }: SeenCall, change: (value: Json) => Json): Fault {
  if (body.includes('"tools":')) return { kind: 'pass' };
  const read = readBody(JSON.parse(body) as Json);
  if (!read.ok) throw new Error('no chat request');
  const walk = (value: Json): Json => {
    const next = change(value);
    if (Array.isArray(next)) return next.map(walk);
    if (typeof next !== 'object' || next === null) return next;
    return Object.fromEntries(Object.entries(next).map(([key, each]) => [key, walk(each)]));
  };
  const answer = JSON.parse(answerRequest(read.request).content) as Json;
  return { kind: 'content', content: JSON.stringify(walk(answer)) };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;
const empty = (value: Json): Json => (Array.isArray(value) ? [] : value);
const blank = (value: Json): Json => (typeof value === 'string' ? '' : value);
const noNulls = (value: Json): Json => (value === null ? crypto.randomUUID() : value);
const foreign = (value: Json): Json =>
  typeof value === 'string' ? value.replaceAll(uuid, () => crypto.randomUUID()) : value;
const keyed = (value: Json): Json =>
  typeof value === 'string' && /^[a-z]+\d+(?:\.[a-z]+\d+)*$/u.test(value) ? `${value}9` : value;

/** The first calls of each kind go wrong so, the later ones are answered. */
function first(faults: readonly Fault[]): (call: SeenCall) => Fault {
  const seen = new Map<string, number>();
  return ({ operation }) => {
    const before = seen.get(operation) ?? 0;
    seen.set(operation, before + 1);
    return faults[before] ?? { kind: 'pass' };
  };
}

const passing: readonly (readonly [string, () => (call: SeenCall) => Fault])[] = [
  ['answers 429 with Retry-After', () => first([{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }])],
  ['is cut off', () => first([{ kind: 'cut' }])],
  ['answers half of its JSON', () => first([{ kind: 'content', content: '{"items":[{"key":"a' }])],
];
const lasting: readonly (readonly [string, (call: SeenCall) => Fault])[] = [
  ['answers half of its JSON each time', () => ({ kind: 'content', content: '{"items":[{"key":"a' })],
  ['answers "null"', () => ({ kind: 'content', content: 'null' })],
  ['answers nothing', () => ({ kind: 'content', content: '' })],
  ['leaves every list empty', (call) => changed(call, empty)],
  ['leaves every text empty', (call) => changed(call, blank)],
  ['invents ids', (call) => changed(call, foreign)],
  ['invents keys', (call) => changed(call, keyed)],
  ['invents what was left open', (call) => changed(call, noNulls)],
  ['refuses the request', () => ({ kind: 'status', status: 400 })],
];

/** Codes that say whose fault it was; anything else hides a bug. */
const told = ['model_failed', 'model_refused', 'invalid_input', 'budget_exceeded', 'unknown_outcome', 'unavailable'];

async function endsOrAsks(): Promise<readonly string[]> {
  const runs = await Promise.all(
    everyExample(ids).map(async (start) => ({
      start,
      runId: await startRun(steward, { ...start, options: { requireConfirmation: true } }),
    })),
  );
  const statuses: string[] = [];
  for (const { start, runId } of runs) {
    const { status, error } = await settled(steward, runId);
    statuses.push(status);
    expect([start.type, status, status === 'failed' ? told : null]).toEqual([
      start.type,
      status,
      error === null ? null : expect.arrayContaining([error.code]),
    ]);
    if (!isFinished(status)) await steward.api.cancelRun({ runId });
    const ended = await untilEnded(steward, runId);
    if (status === 'failed')
      expect(ended.steps.some((step) => step.status === 'failed' && step.error !== null)).toBe(true);
    await expectSound(steward, runId);
  }
  return statuses;
}

describe('runs of every type, with a model endpoint that', () => {
  test.each(passing)('%s, go on when it is well again', async (_name, faults) => {
    steward.proxy.setFaults(faults());
    expect(await endsOrAsks()).not.toContain('failed');
  });

  test.each(lasting)('%s, end or ask, with a step that says why', async (_name, fault) => {
    steward.proxy.setFaults(fault);
    await endsOrAsks();
  });
});
