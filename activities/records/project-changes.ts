import { sql } from 'kysely';
import type { ActivityEventType } from '../../src/contract/events.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { CallCost, StepRef } from '../../src/contract/step.ts';
import { appendEvents } from '../../src/db/runs/run-events.ts';
import type { RunColumns } from '../../src/db/runs/run-events.ts';
import type { Tx } from '../support/transaction.ts';
import { eventData } from './changes/event-data.ts';
import type { LockedRun } from './changes/run-lock.ts';
import { reachedStep, writeStepEnd, writeStepStart } from './changes/step-rows.ts';
import type { StepEnd, StepStart } from './changes/step-rows.ts';
import { changeKey } from './changes/unwritten.ts';
import { writeChanges } from './changes/write-changes.ts';

export { writeChanges };
export type { LockedRun, StepEnd, StepStart };

type ActivityEvent = {
  readonly key: string;
  readonly type: ActivityEventType | 'step.started' | 'step.finished';
  readonly data: JsonObject;
  readonly at: string;
};

type Telling = { readonly events: readonly ActivityEvent[]; readonly columns?: RunColumns };

async function tell(tx: Tx, run: LockedRun, { events, columns = {} }: Telling): Promise<void> {
  const keyed = events.map(({ key, type, data, at }) => ({ changeKey: changeKey(run, key), type, data, at }));
  await appendEvents(tx, { runId: run.ref.runId, events: keyed, columns, locked: true });
}

/** Appends events that an activity adds by itself; the same key twice is one. */
export async function addEvents(tx: Tx, run: LockedRun, events: readonly ActivityEvent[]): Promise<void> {
  await tell(tx, run, { events });
}

function stepKey(step: StepRef, moment: string): string {
  return `step:${String(step.number)}:${step.path}#${String(step.iteration)}:${moment}`;
}

/** Writes a step's row as running, with its event. `run` comes from `writeChanges` of the same transaction. */
export async function startStep(tx: Tx, run: LockedRun, start: StepStart): Promise<void> {
  await writeStepStart(tx, run, start);
  const data = eventData({ type: 'step.started', step: start.step, input: start.input });
  const started = { key: stepKey(start.step, 'started'), type: 'step.started', data, at: start.at } as const;
  await tell(tx, run, { events: [started], columns: reachedStep(start.step) });
}

/** What a paid call used, added to the run's totals; an unknown cost adds its tokens only. */
function usageColumns(cost: CallCost): RunColumns {
  return {
    total_tokens: sql<number>`total_tokens + ${cost.promptTokens + cost.completionTokens}::int`,
    total_cost_usd: sql<number>`total_cost_usd + ${cost.usd ?? 0}::numeric`,
  };
}

/** A step's end, and what else it came to: events that are told before it. */
export type StepOutcome = StepEnd & { readonly told?: readonly ActivityEvent[] };

/** Writes a step's row as ended, with its event, and adds what it cost to the run's totals. */
export async function finishStep(tx: Tx, run: LockedRun, end: StepOutcome): Promise<void> {
  await writeStepEnd(tx, run, end);
  const { step, status, reasoning, cost, error, at, told = [] } = end;
  const output: Json = end.view ?? end.output;
  const data = eventData({ type: 'step.finished', step, status, output, reasoning, cost, error });
  const chosen = end.choice === undefined || end.choice === null ? data : { ...data, choice: { ...end.choice } };
  const finished = { key: stepKey(step, 'finished'), type: 'step.finished', data: chosen, at } as const;
  await tell(tx, run, { events: [...told, finished], columns: cost === null ? {} : usageColumns(cost) });
}
