import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { Answer } from '../../../src/contract/request.ts';
import { fieldOf } from '../json-value.ts';
import { epochOf } from '../effect-key.ts';
import type { EpochMark } from '../effect-key.ts';
import type { Tx } from '../transaction.ts';

function isAnswer(value: Json): value is Answer {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function answered(tx: Tx, runId: string) {
  return tx
    .selectFrom('run_requests')
    .select(['questions', 'answer'])
    .where('run_id', '=', runId)
    .where('kind', '=', 'clarification')
    .where('status', 'in', ['answered', 'expired'])
    .orderBy('created_at')
    .orderBy('id');
}

function contexts(tx: Tx, runId: string) {
  return tx.selectFrom('run_context').select('text').where('run_id', '=', runId).orderBy('created_at').orderBy('id');
}

function rejections(tx: Tx, runId: string) {
  return tx
    .selectFrom('proposals')
    .leftJoin('run_requests', (join) =>
      join.onRef('run_requests.proposal_id', '=', 'proposals.id').onRef('run_requests.run_id', '=', 'proposals.run_id'),
    )
    .select(['run_requests.comment as comment', 'proposals.summary as summary'])
    .where('proposals.run_id', '=', runId)
    .where('proposals.status', '=', 'rejected')
    .orderBy('proposals.created_at')
    .orderBy('proposals.revision');
}

function latestProposal(tx: Tx, runId: string) {
  return tx
    .selectFrom('proposals')
    .select('notes')
    .where('run_id', '=', runId)
    .orderBy('created_at', 'desc')
    .orderBy('revision', 'desc')
    .limit(1);
}

function finishedSteps(tx: Tx, runId: string) {
  return tx
    .selectFrom('agentic_workflow_steps')
    .select(['step_number', 'step_type', 'name', 'slot', 'output', 'view', 'state_seq'])
    .where('workflow_id', '=', runId)
    .where('status', '=', 'completed')
    .where('step_type', 'in', ['model', 'compute', 'agent', 'apply'])
    .orderBy('step_number');
}

/** What the run came to so far, as columns beside its row: one statement, where each list had its own. */
export function historyColumns(tx: Tx, runId: string) {
  return [
    jsonArrayFrom(answered(tx, runId)).as('answered'),
    jsonArrayFrom(contexts(tx, runId)).as('contexts'),
    jsonArrayFrom(rejections(tx, runId)).as('rejections'),
    jsonArrayFrom(latestProposal(tx, runId)).as('proposals'),
    jsonArrayFrom(finishedSteps(tx, runId)).as('steps'),
  ] as const;
}

type Result<Query extends (...given: never[]) => { execute(): Promise<unknown> }> = Awaited<
  ReturnType<ReturnType<Query>['execute']>
>;

/** The columns as they come. */
export type History = {
  readonly answered: Result<typeof answered>;
  readonly contexts: Result<typeof contexts>;
  readonly rejections: Result<typeof rejections>;
  readonly proposals: Result<typeof latestProposal>;
  readonly steps: Result<typeof finishedSteps>;
};
type HistoryFacts = Pick<
  FactSheet,
  'answers' | 'addedContext' | 'rejections' | 'proposalNotes' | 'outputs' | 'applied'
>;

/** What the person answered so far, or what stood for it at the deadline. */
function answersOf(rows: History['answered']): FactSheet['answers'] {
  return rows.flatMap(({ questions, answer }) =>
    questions.flatMap(({ key, question }) => {
      const given = fieldOf(answer, key);
      return isAnswer(given) ? [{ key, question, answer: given }] : [];
    }),
  );
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
function outputsOf(rows: History['steps'], epochs: readonly EpochMark[]): Pick<FactSheet, 'outputs' | 'applied'> {
  const current = rows.filter((row) => row.state_seq >= epochOf(epochs, row.step_number) * 2);
  const outputs = new Map<string, Json>();
  for (const row of current.filter(isOutput)) {
    const name = outputName(row);
    // In the order of the steps: what was made anew goes behind what an earlier round left.
    outputs.delete(name);
    outputs.set(name, row.output);
  }
  const applied = current.filter((row) => row.step_type === 'apply').at(-1)?.output ?? null;
  return { outputs: Object.fromEntries(outputs), applied };
}

/** The history as facts: answers, added texts and reasons of rejections oldest first, and the notes of the latest proposal. */
export function historyFacts(history: History, epochs: readonly EpochMark[]): HistoryFacts {
  return {
    answers: answersOf(history.answered),
    addedContext: history.contexts.map((row) => row.text),
    rejections: history.rejections,
    proposalNotes: history.proposals[0]?.notes ?? [],
    ...outputsOf(history.steps, epochs),
  };
}
