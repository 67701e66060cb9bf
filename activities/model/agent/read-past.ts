import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import { cut } from '../../support/facts/limits.ts';
import { fieldOf } from '../../support/json-value.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Loop } from '../../tools/transcript.ts';
import type { Past } from './compact.ts';

// More than fit beside a window; how many are shown is a matter of tokens.
const mostLines = 150;
const lineChars = 200;

type Row = {
  readonly step_number: number;
  readonly step_type: string;
  readonly slot: string | null;
  readonly title: string;
  readonly output: Json;
  readonly reasoning: string | null;
};

function oneLine(text: string): string {
  return cut(text.replaceAll(/\s+/g, ' ').trim(), lineChars) ?? '';
}

function lineOf(row: Row): string {
  if (row.step_type === 'agent') return `- ${oneLine(`${row.title}: ${row.reasoning ?? ''}`)}`;
  const reference = (row.slot ?? '').split('.').at(-1) ?? '';
  const summary = fieldOf(row.output, 'summary');
  return `- [${reference}] ${oneLine(row.title)} → ${oneLine(typeof summary === 'string' ? summary : '')}`;
}

function stepsOf(tx: Tx, { run, loop }: Loop) {
  return tx
    .selectFrom('agentic_workflow_steps')
    .where('workflow_id', '=', run.runId)
    .where('step_type', 'in', ['agent', 'tool'])
    .where(sql<boolean>`starts_with(slot, ${`${loop}.`})`)
    .where('status', 'in', ['completed', 'failed']);
}

/** What a loop did before a turn of its own: read from the run's steps, whose rows are small, and never all of them. */
export async function readPast(tx: Tx, loop: Loop, beforeTurn: number): Promise<Past> {
  const first = await tx
    .selectFrom('agentic_workflow_steps')
    .select('step_number')
    .where('workflow_id', '=', loop.run.runId)
    .where('step_type', '=', 'agent')
    .where('slot', '=', `${loop.loop}.${beforeTurn}`)
    .orderBy('step_number', 'desc')
    .executeTakeFirst();
  if (first === undefined) return { lines: [], counts: [] };
  const rows = await stepsOf(tx, loop)
    .select(['step_number', 'step_type', 'slot', 'title', 'output', 'reasoning'])
    .where('step_number', '<', first.step_number)
    .orderBy('step_number', 'desc')
    .limit(mostLines)
    .execute();
  const oldest = rows.at(-1);
  if (oldest === undefined) return { lines: [], counts: [] };
  const counts = await stepsOf(tx, loop)
    .select((row) => ['name', row.fn.countAll<string>().as('count')])
    .where('step_type', '=', 'tool')
    .where('step_number', '<', oldest.step_number)
    .groupBy('name')
    .orderBy('name')
    .execute();
  return {
    lines: rows.reverse().map(lineOf),
    counts: counts.map(({ name, count }) => ({ name, count: Number(count) })),
  };
}
