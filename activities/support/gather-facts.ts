import { StewardError } from '../../src/contract/errors.ts';
import type { FactName, FactSheet } from '../../src/contract/facts.ts';
import type { JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { ActivityDeps } from '../deps.ts';
import type { EpochMark } from './effect-key.ts';
import { readEpochs } from './epochs.ts';
import { historyColumns, historyFacts } from './facts/history.ts';
import type { History } from './facts/history.ts';
import { gatherNamed } from './facts/gatherers.ts';
import { readPerson } from './facts/person.ts';
import { textOf } from './facts/scope.ts';
import type { Tx } from './transaction.ts';

type Wanted = { readonly deps: Pick<ActivityDeps, 'now'>; readonly run: RunRef; readonly facts: readonly FactName[] };
type RunFacts = {
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly projectId: string | null;
  readonly taskId: string | null;
  readonly epochs: readonly EpochMark[];
  readonly history: History;
};

async function readRun(tx: Tx, run: RunRef): Promise<RunFacts> {
  const row = await tx
    .selectFrom('agentic_workflows')
    .select(['input', 'options', 'project_id', 'epochs'])
    .select(historyColumns(tx, run.runId))
    .where('id', '=', run.runId)
    .where('user_id', '=', run.userId)
    .executeTakeFirst();
  if (row === undefined) throw new StewardError('not_found', `Run ${run.runId} is not in the database.`);
  const { input, options } = row;
  return {
    input,
    options,
    projectId: row.project_id ?? textOf(input, 'projectId'),
    taskId: textOf(input, 'taskId'),
    epochs: readEpochs(row.epochs),
    history: row,
  };
}

/**
 * Everything a call or a draft of the run may look at: what it names of the person's records, and always the input, the
 * answers, and what earlier steps gave. Throws `not_found` for a run that is not in the database.
 */
export async function gatherFacts(tx: Tx, { deps, run, facts }: Wanted): Promise<FactSheet> {
  const { input, options, projectId, taskId, epochs, history } = await readRun(tx, run);
  const { userId, runId } = run;
  const now = deps.now();
  const person = await readPerson(tx, userId, textOf(options, 'timeZone'));
  const gathered = await gatherNamed({ tx, userId, runId, projectId, taskId, input, now, person }, facts);
  return {
    ...gathered,
    runId,
    now: now.toISOString(),
    timeZone: person.timeZone,
    input,
    options,
    found: [],
    ...historyFacts(history, epochs),
  };
}
