import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { StewardError } from '../../src/contract/errors.ts';
import { isFinished } from '../../src/contract/run.ts';
import { catalog } from '../../workflows/catalog.ts';
import { everyExample, examplesOf, makeRecords, settled } from '../support/every-type.ts';
import type { RecordIds, TypeCase } from '../support/every-type.ts';
import { startRun, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

// Many runs side by side, on a slow machine.
vi.setConfig({ testTimeout: 180_000 });

let steward: TestSteward;
let ids: RecordIds;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
  ids = await makeRecords(steward);
});
afterAll(async () => await steward.stop());

/** Starts it, and takes it as far as it goes by itself; null when its input was refused with the fields at fault. */
async function tryRun({ type, input }: TypeCase, options = {}): Promise<string | null> {
  let runId: string;
  try {
    runId = await startRun(steward, { type, input, options: { requireConfirmation: true, ...options } });
  } catch (error) {
    if (!(error instanceof StewardError)) throw error;
    expect([type, error.code, error.details.problems?.[0]?.path]).toEqual([
      type,
      'invalid_input',
      expect.stringMatching(/^input\./u),
    ]);
    return null;
  }
  const { status, error } = await settled(steward, runId);
  // Input that names nothing usable may be found out later, but is told as clearly.
  expect([type, status, error?.code ?? null]).toEqual([type, status, status === 'failed' ? 'invalid_input' : null]);
  if (!isFinished(status)) await steward.api.cancelRun({ runId });
  await untilEnded(steward, runId);
  await expectSound(steward, runId);
  return runId;
}

describe('the examples of every type', () => {
  test.each(catalog.names())('%s run until they ask or are done, and can be cancelled', async (type) => {
    for (const input of examplesOf(type, ids)) {
      const runId = await startRun(steward, { type, input, options: { requireConfirmation: true } });
      const run = await settled(steward, runId);
      expect([input, run.status, run.error]).toEqual([
        input,
        run.status === 'completed' ? 'completed' : 'waiting',
        null,
      ]);
      if (!isFinished(run.status)) {
        await steward.api.cancelRun({ runId });
        expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled' });
      }
      await expectSound(steward, runId);
    }
  });

  test('can be cancelled at once, wherever they are', async () => {
    const runIds = await Promise.all(everyExample(ids).map(async (start) => await startRun(steward, start)));
    await Promise.all(runIds.map(async (runId) => await steward.api.cancelRun({ runId })));
    for (const runId of runIds) {
      const run = await untilEnded(steward, runId);
      expect(['cancelled', 'completed']).toContain(run.status);
      await expectSound(steward, runId);
    }
  });
});

const strange = [
  ['one character', 'x'],
  ['one emoji', '🎉🎉🎉'],
  ['blanks alone', ' \t\n\u00a0\u2003'],
  ['a script from right to left', '\u202eخطط لحديقة: اشترِ البذور، ثم ازرعها قبل الربيع\u202c'],
  ['signs alone', '- \n- \n# \n***\n[ ](javascript:0)'],
  ['one word of 199,000 letters', 'x'.repeat(199_000)],
] as const;

describe('a prompt of', () => {
  test.each(strange)(
    '%s is refused by its field, or leads every type to an end or a question',
    async (_name, userPrompt) => {
      await Promise.all(
        catalog.names().map(async (type) => await tryRun({ type, input: { ...examplesOf(type, ids)[0], userPrompt } })),
      );
    },
  );
});

describe('ids of records that', () => {
  test('are not there are told by field, or leave nothing hanging', async () => {
    const nowhere = Object.fromEntries(Object.keys(ids).map((key) => [key, crypto.randomUUID()]));
    await Promise.all(everyExample(nowhere).map(async (start) => await tryRun(start)));
    const naming = catalog
      .names()
      .flatMap((type) =>
        Object.entries(nowhere).map(([key, id]) => ({ type, input: { userPrompt: 'Plan the garden', [key]: id } })),
      );
    await Promise.all(naming.map(async (start) => await tryRun(start)));
  });
});
