import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { Answer } from '../../../src/contract/request.ts';
import { fieldOf } from '../json-value.ts';
import { epochOf } from '../effect-key.ts';
import type { EpochMark } from '../effect-key.ts';
import type { Tx } from '../transaction.ts';

type Of = { readonly runId: string; readonly epochs: readonly EpochMark[] };

function isAnswer(value: Json): value is Answer {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What the person answered so far, or what stood for it at the deadline. */
export async function answerFacts(tx: Tx, runId: string): Promise<FactSheet['answers']> {
  const rows = await tx
    .selectFrom('run_requests')
    .select(['questions', 'answer'])
    .where('run_id', '=', runId)
    .where('kind', '=', 'clarification')
    .where('status', 'in', ['answered', 'expired'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ questions, answer }) =>
    questions.flatMap(({ key, question }) => {
      const given = fieldOf(answer, key);
      return isAnswer(given) ? [{ key, question, answer: given }] : [];
    }),
  );
}

/** Texts that were added while the run was under way, oldest first. */
export async function contextFacts(tx: Tx, runId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('run_context')
    .select('text')
    .where('run_id', '=', runId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.text);
}

/** Why earlier proposals of the run were rejected, oldest first. */
export async function rejectionFacts(tx: Tx, runId: string): Promise<FactSheet['rejections']> {
  return await tx
    .selectFrom('proposals')
    .leftJoin('run_requests', (join) =>
      join.onRef('run_requests.proposal_id', '=', 'proposals.id').onRef('run_requests.run_id', '=', 'proposals.run_id'),
    )
    .select(['run_requests.comment as comment', 'proposals.summary as summary'])
    .where('proposals.run_id', '=', runId)
    .where('proposals.status', '=', 'rejected')
    .orderBy('proposals.created_at')
    .orderBy('proposals.revision')
    .execute();
}

/** Notes of the run's latest proposal. */
export async function proposalNoteFacts(tx: Tx, runId: string): Promise<FactSheet['proposalNotes']> {
  const row = await tx
    .selectFrom('proposals')
    .select('notes')
    .where('run_id', '=', runId)
    .orderBy('created_at', 'desc')
    .orderBy('revision', 'desc')
    .executeTakeFirst();
  return row?.notes ?? [];
}

// A turn of an agent's loop is named by loop, count and number: `investigate-1.7`, `investigate/slot-1.7`.
const ofTurn = /-\d+\.\d+$/;

type OutputRow = { readonly step_type: string; readonly name: string; readonly slot: string | null };

function outputName({ step_type: type, name, slot }: OutputRow): string {
  if (type === 'agent') return (slot ?? name).replace(ofTurn, '');
  return slot === null ? name : `${name}/${slot}`;
}

function isOutput(row: { readonly step_type: string; readonly view: Json; readonly output: Json }): boolean {
  if (row.step_type === 'apply' || row.output === null) return false;
  return row.step_type !== 'agent' || fieldOf(row.view, 'kind') === 'finish';
}

/** The latest answers of the run's calls, computations and agents, and what its latest apply did; steps that a rerun forgot are left out. */
export async function outputFacts(tx: Tx, { runId, epochs }: Of): Promise<Pick<FactSheet, 'outputs' | 'applied'>> {
  const rows = await tx
    .selectFrom('agentic_workflow_steps')
    .select(['step_number', 'step_type', 'name', 'slot', 'output', 'view', 'state_seq'])
    .where('workflow_id', '=', runId)
    .where('status', '=', 'completed')
    .where('step_type', 'in', ['model', 'compute', 'agent', 'apply'])
    .orderBy('step_number')
    .execute();
  const current = rows.filter((row) => row.state_seq >= epochOf(epochs, row.step_number) * 2);
  const outputs = current.filter(isOutput).map((row): [string, Json] => [outputName(row), row.output]);
  const applied = current.filter((row) => row.step_type === 'apply').at(-1)?.output ?? null;
  return { outputs: Object.fromEntries(outputs), applied };
}
