import { chooseOperations } from '../../src/contract/proposal.ts';
import { StewardError } from '../../src/contract/errors.ts';
import { readOutlines, readRefused, storeChoice } from '../../src/db/runs/proposal-choices.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Tx } from '../support/transaction.ts';
import type { ChooseParams, Chosen } from './api.ts';

async function requireOwn(tx: Tx, { run, proposalId }: ChooseParams): Promise<void> {
  const row = await tx
    .selectFrom('proposals')
    .select('id')
    .where('id', '=', proposalId)
    .where('run_id', '=', run.runId)
    .where('user_id', '=', run.userId)
    .executeTakeFirst();
  if (row === undefined) throw new StewardError('not_found', `Proposal ${proposalId} is not one of this run.`);
}

async function readStored(tx: Tx, choice: { readonly proposalId: string; readonly choiceId: string }): Promise<Chosen> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(choice.choiceId);
  const refused = isId ? await readRefused(tx, choice) : null;
  if (refused === null)
    return { ok: false, problems: [{ path: 'choiceId', message: 'this proposal has no such choice' }] };
  const total = (await readOutlines(tx, choice.proposalId)).length;
  return { ok: true, choice: { choiceId: choice.choiceId, accepted: total - refused.length } };
}

/** Checks a choice among the operations of a long proposal and stores it. Throws `not_found`. */
export async function choose(deps: ActivityDeps, params: ChooseParams): Promise<Chosen> {
  const { run, proposalId, wanted } = params;
  return await deps.database.asService(async (tx) => {
    await requireOwn(tx, params);
    const { choiceId, ...ids } = wanted;
    if (choiceId !== undefined) return await readStored(tx, { proposalId, choiceId });
    const outlines = await readOutlines(tx, proposalId);
    const chosen = chooseOperations(outlines, ids);
    if (!chosen.ok) return chosen;
    const choice = await storeChoice(tx, { userId: run.userId, proposalId, outlines, accepted: chosen.value });
    return { ok: true, choice };
  });
}
