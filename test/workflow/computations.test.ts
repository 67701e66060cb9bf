import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { expectSound } from '../support/sound-run.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import type { Start } from '../support/runs.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

async function probe(input: Start['input'], options: Start['options'] = {}): Promise<string> {
  return await startRun(steward, { type: 'probe', input: input ?? {}, options });
}

describe('a computation', () => {
  test('is a step of its own, with its output, its reasoning and no cost', async () => {
    const runId = await probe({ script: 'compute', numbers: [1, 2, 39] });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: [{ sum: 42 }, { sum: 42 }], totalCostUsd: 0 });
    const step = { type: 'compute', name: 'add', title: 'Add up', status: 'completed', output: { sum: 42 } };
    expect(run.steps).toMatchObject([
      { ...step, slot: null, reasoning: 'It is 42.' },
      { ...step, slot: 'again' },
    ]);
    expect(steward.proxy.calls).toEqual([]);
    await expectSound(steward, runId);
  });
});

describe('a draft that says how sure it is', () => {
  test('is applied without asking when it is sure enough', async () => {
    const run = await untilEnded(steward, await probe({ script: 'sure', confidence: 0.95, sure: 0.9 }));
    expect(run).toMatchObject({ status: 'completed', result: { kind: 'approve', by: 'auto' }, requests: [] });
    expect(run.steps.find((step) => step.type === 'decision')?.reasoning).toBe('Decided by confidence 0.95.');
  });

  test.each([
    ['is not sure enough', { confidence: 0.89, sure: 0.9 }, {}],
    ['does not say', { sure: 0 }, {}],
    ['is sure, where confirmation is required', { confidence: 1, sure: 0 }, { requireConfirmation: true }],
    ['is sure, where both are asked for', { confidence: 1, sure: 0 }, { requireConfirmation: true, autoExecute: true }],
  ])('asks when it %s', async (_case, input, options) => {
    const runId = await probe({ script: 'sure', ...input }, options);
    await untilAsked(steward, runId, 'approval');
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { by: 'person' } });
  });
});

test('a proposal of nothing is decided without asking, even where confirmation is required', async () => {
  const run = await untilEnded(steward, await probe({ script: 'apply', tasks: -1 }, { requireConfirmation: true }));
  expect(run).toMatchObject({ status: 'completed', result: { applied: 0 }, requests: [] });
  expect(run.steps.find((step) => step.type === 'decision')?.reasoning).toBe(
    'Decided by itself, for it changes nothing.',
  );
});

describe('a rejection', () => {
  test('is known to all calls side by side that come after it', async () => {
    const runId = await probe({ script: 'again', calls: 8 });
    const { id: requestId } = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId, decision: 'reject', comment: 'Not in winter.' });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    const asked = steward.proxy.calls.filter(({ body }) => body.includes(runId));
    expect(asked).toHaveLength(8);
    expect(asked.filter(({ body }) => !body.includes('Not in winter.'))).toEqual([]);
  });
});
