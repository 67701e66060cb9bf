import type { ActivityEventType } from '../../src/contract/events.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { CallCost, StepRef } from '../../src/contract/step.ts';
import { appendEvents } from '../../src/db/run-events.ts';
import type { Tx } from '../support/transaction.ts';
import { eventData } from './changes/event-data.ts';
import type { LockedRun } from './changes/run-lock.ts';
import { writeStepEnd, writeStepStart } from './changes/step-rows.ts';
import type { StepEnd, StepStart } from './changes/step-rows.ts';
import { changeKey, writeChanges } from './changes/write-changes.ts';

export { writeChanges };
export type { LockedRun, StepEnd, StepStart };

type ActivityEvent = {
  readonly key: string;
  readonly type: ActivityEventType | 'step.started' | 'step.finished';
  readonly data: JsonObject;
  readonly at: string;
};

/** Appends an event that an activity adds by itself; the same key twice is one. */
export async function addEvent(tx: Tx, run: LockedRun, event: ActivityEvent): Promise<void> {
  const { key, type, data, at } = event;
  const events = [{ changeKey: changeKey(run, key), type, data, at }];
  await appendEvents(tx, { runId: run.ref.runId, events, locked: true });
}

function stepKey(step: StepRef, moment: string): string {
  return `step:${String(step.number)}:${step.path}#${String(step.iteration)}:${moment}`;
}

/** Writes a step's row as running, with its event. `run` comes from `writeChanges` of the same transaction. */
export async function startStep(tx: Tx, run: LockedRun, start: StepStart): Promise<void> {
  await writeStepStart(tx, run, start);
  const data = eventData({ type: 'step.started', step: start.step, input: start.input });
  await addEvent(tx, run, { key: stepKey(start.step, 'started'), type: 'step.started', data, at: start.at });
}

/** Writes a step's row as ended, with its event. */
export async function finishStep(tx: Tx, run: LockedRun, end: StepEnd): Promise<void> {
  await writeStepEnd(tx, run, end);
  const { step, status, reasoning, cost, error, at } = end;
  const output: Json = end.view ?? end.output;
  const data = eventData({ type: 'step.finished', step, status, output, reasoning, cost, error });
  const chosen = end.choice === undefined || end.choice === null ? data : { ...data, choice: { ...end.choice } };
  await addEvent(tx, run, { key: stepKey(step, 'finished'), type: 'step.finished', data: chosen, at });
}

/** Adds what a paid call used to the run's totals; an unknown cost adds its tokens only. */
export async function recordUsage(
  tx: Tx,
  run: LockedRun,
  used: Pick<CallCost, 'usd' | 'promptTokens' | 'completionTokens'>,
): Promise<void> {
  const tokens = used.promptTokens + used.completionTokens;
  await tx
    .updateTable('agentic_workflows')
    .set((row) => ({
      total_tokens: row('total_tokens', '+', tokens),
      total_cost_usd: row('total_cost_usd', '+', used.usd ?? 0),
    }))
    .where('id', '=', run.ref.runId)
    .execute();
}
