import { json } from '../../../src/db/values.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import type { Tx } from '../../../activities/support/transaction.ts';
import type { BaselineStep } from '../api.ts';
import { addEvent } from './events.ts';

/** Writes a step's row as running, with its event. */
export async function startStep(tx: Tx, run: RunRef, step: BaselineStep): Promise<void> {
  const { number, type, name, slot, phase } = step;
  await tx
    .insertInto('agentic_workflow_steps')
    .values({
      workflow_id: run.runId,
      user_id: run.userId,
      step_number: number,
      step_type: type,
      name,
      slot,
      phase,
      title: name,
      path: `${type}:${name}/${slot ?? ''}`,
      status: 'running',
      input: json({ slot }),
      started_at: new Date(),
    })
    .execute();
  await addEvent(tx, run, { type: 'step.started', data: { step: number, name } });
}
