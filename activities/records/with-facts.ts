import type { RunChange } from '../../src/contract/events.ts';
import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { StepRef } from '../../src/contract/step.ts';
import type { ActivityDeps } from '../deps.ts';
import { withDraftTools } from '../support/draft-tools.ts';
import { epochOf, stepEffectKey } from '../support/effect-key.ts';
import { readBusy } from '../support/facts/calendar.ts';
import { readPerson } from '../support/facts/person.ts';
import { gatherFor } from '../support/gather-for.ts';
import type { NeedsFacts } from '../support/gather-for.ts';
import { startStep, writeChanges } from './project-changes.ts';
import type { LockedRun } from './project-changes.ts';

/** A step whose work is pure code over facts. */
export type PureStep = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly title: string;
  readonly input: Json;
  readonly needs: NeedsFacts;
  readonly params: JsonObject;
  /** Names the step's effect, and with it the ids that the code derives. */
  readonly effect: string;
  readonly changes: readonly RunChange[];
};

/** The key of a pure step's effect. */
export function pureStepKey(run: LockedRun, { step, effect }: Pick<PureStep, 'step' | 'effect'>): string {
  return stepEffectKey(run.ref.runId, { step, epoch: epochOf(run.epochs, step.number), name: effect });
}

/**
 * Notes that the step runs, gathers its facts, and calls the code with them. Outside any writing transaction: a schedule
 * takes a while, and others wait for the run's row.
 */
export async function withFacts<T>(
  deps: ActivityDeps,
  pure: PureStep,
  work: (facts: FactSheet, tools: DraftTools) => T,
): Promise<{ readonly value: T; readonly facts: FactSheet }> {
  const { run, step, title, input } = pure;
  const { userId } = run;
  const read = await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, pure);
    await startStep(tx, locked, { step: { ...step, title }, input, at: deps.now().toISOString() });
    return {
      facts: await gatherFor(tx, { deps, ...pure }),
      person: await readPerson(tx, userId),
      idScope: pureStepKey(locked, pure),
    };
  });
  const setting = { timeZone: read.facts.timeZone, workingHours: read.person.workingHours, idScope: read.idScope };
  const value = await withDraftTools(
    setting,
    async (window) => await deps.database.asService(async (tx) => await readBusy(tx, { userId, ...window })),
    (tools) => work(read.facts, tools),
  );
  return { value, facts: read.facts };
}
