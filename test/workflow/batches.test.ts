import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { SeenCall } from '../support/model-proxy.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { startRun, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const keys = Array.from({ length: 10 }, (_none, index) => `i${String(index).padStart(2, '0')}`);
const items = Object.fromEntries(keys.map((key) => [key, `the text of ${key}`]));

/** The keys that a call's prompt asks about, in their order. */
function keysIn({ body }: SeenCall): readonly string[] {
  return [...new Set([...body.matchAll(/the text of (i\d\d)/g)].map(([, key]) => key ?? ''))];
}

/** A model that weighs what it is asked about, last things first; `forget` is left out of the first answer that has it. */
function weighing(forget: string | null): readonly SeenCall[] {
  const seen: SeenCall[] = [];
  let forgotten = forget === null;
  steward.proxy.setFaults((call) => {
    if (!call.operation.includes('weigh')) return { kind: 'pass' };
    seen.push(call);
    const asked = keysIn(call);
    const leaveOut = !forgotten && forget !== null && asked.includes(forget);
    if (leaveOut) forgotten = true;
    const answered = asked.filter((key) => !(leaveOut && key === forget)).toReversed();
    const weights = answered.map((key) => ({ key, weight: Number(key.slice(1)) }));
    return { kind: 'content', content: JSON.stringify({ items: weights }) };
  });
  return seen;
}

async function weigh() {
  const runId = await startRun(steward, { type: 'probe', input: { script: 'batches', items } });
  const run = await untilEnded(steward, runId);
  await expectSound(steward, runId);
  return run;
}

const weights = keys.map((key, index) => ({ key, weight: index }));

test('ten small items make two calls, and come back in their order', async () => {
  const seen = weighing(null);
  const run = await weigh();
  expect(run).toMatchObject({ status: 'completed', result: weights });
  expect(new Set(seen.map((call) => keysIn(call).join(' ')))).toEqual(
    new Set([keys.slice(0, 5).join(' '), keys.slice(5).join(' ')]),
  );
  expect(run.steps.map((step) => `${step.name}/${step.slot ?? ''} ${step.status}`)).toEqual([
    'weigh/b1 completed',
    'weigh/b2 completed',
  ]);
  // By reference: what the history carries are keys, never the texts.
  expect(run.steps[0]?.input).toEqual({ call: 'weigh', params: { items: keys.slice(0, 5) } });
});

test('an answer that lacks an item is repaired before the run sees it', async () => {
  const seen = weighing('i07');
  const run = await weigh();
  expect(run).toMatchObject({ status: 'completed', result: weights });
  expect(seen).toHaveLength(3);
  expect(seen.at(-1)?.body).toContain('is missing: answer every item');
  expect(run.steps.map((step) => step.retries)).toEqual([0, 1]);
});
