import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { isFinished } from '../../src/contract/run.ts';
import { everyExample, makeRecords, settled } from '../support/every-type.ts';
import type { RecordIds } from '../support/every-type.ts';
import { startRun, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

// Many runs side by side on a slow machine, and two rests of 30 s in between.
vi.setConfig({ testTimeout: 300_000 });

let steward: TestSteward;
let ids: RecordIds;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
  ids = await makeRecords(steward);
});
afterAll(async () => await steward.stop());

// So long nobody asks only where every model rests.
const quietMs = 8_000;
const probes = 3;

/** An endpoint that answers 500 until all its models rest, 503 to the first that try again, and is well from there on. */
function breakDown(): { readonly statuses: number[] } {
  const statuses: number[] = [];
  let last = Date.now();
  let rested = false;
  steward.proxy.setFaults(() => {
    rested ||= statuses.length > 0 && Date.now() - last > quietMs;
    last = Date.now();
    const overloaded = statuses.filter((status) => status === 503).length;
    if (rested && overloaded >= probes) return { kind: 'pass' };
    const status = rested ? 503 : 500;
    statuses.push(status);
    return { kind: 'status', status };
  });
  return { statuses };
}

test('runs of every type go on by themselves when the model endpoint is back from 500 and 503', async () => {
  const { statuses } = breakDown();
  const runs = await Promise.all(
    everyExample(ids).map(async (start) => ({
      type: start.type,
      runId: await startRun(steward, { ...start, options: { requireConfirmation: true } }),
    })),
  );
  const ends = await Promise.all(
    runs.map(async ({ type, runId }) => {
      const { status, error } = await settled(steward, runId, 240_000);
      return { type, status, error };
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([500, 503]));
  expect(ends.filter(({ status }) => status !== 'completed' && status !== 'waiting')).toEqual([]);
  for (const { runId } of runs) {
    const { status } = await steward.api.getRun({ runId });
    if (!isFinished(status)) await steward.api.cancelRun({ runId });
    await untilEnded(steward, runId);
    await expectSound(steward, runId);
  }
});
