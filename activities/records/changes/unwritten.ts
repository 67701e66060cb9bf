import type { RunChange } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { canonicalJson, digestOf } from '../../support/digest.ts';
import type { Tx } from '../../support/transaction.ts';
import { eventData } from './event-data.ts';
import type { LockedRun } from './run-lock.ts';

/** A change that is to be written: as the event `key`, and `instead` of another that turned out never to have been. */
export type FreshChange = {
  readonly change: RunChange;
  readonly key: string;
  readonly data: JsonObject;
  readonly instead: boolean;
};

type Written = { readonly type: string; readonly data: JsonObject; readonly created_at: string };

/** The key of a change in `run_events`: a rerun counts its changes anew, so a later epoch is part of the key. */
export function changeKey(run: LockedRun, key: string): string {
  return run.epoch === 0 ? key : `e${String(run.epoch)}:${key}`;
}

async function writtenUnder(tx: Tx, run: LockedRun, keys: readonly string[]): Promise<ReadonlyMap<string, Written>> {
  const rows = await tx
    .selectFrom('run_events')
    .select(['change_key', 'type', 'data', 'created_at'])
    .where('run_id', '=', run.ref.runId)
    .where('change_key', 'in', keys)
    .execute();
  return new Map(rows.map((row) => [row.change_key, row]));
}

function isSame(row: Written, { change, data }: Pick<FreshChange, 'change' | 'data'>): boolean {
  return row.type === change.event.type && canonicalJson(row.data) === canonicalJson(data);
}

/**
 * Changes that are not in the database yet. A workflow task that is lost after its changes were written (its worker was
 * stopped) is done again, and a message that came meanwhile is taken first: then the run counts another change under the
 * same number. The later one is what happened; of an earlier one that comes late nothing is written.
 */
export async function unwritten(
  tx: Tx,
  run: LockedRun,
  changes: readonly RunChange[],
): Promise<readonly FreshChange[]> {
  const all = changes.map((change) => {
    const data = eventData(change.event);
    // A run ends once, and those who watch have left by then: another end is written to its row alone.
    const once = change.event.type === 'run.finished';
    const key = changeKey(run, once ? 'finished' : change.key);
    const digest = digestOf({ type: change.event.type, data }).slice(0, 16);
    return { change, data, key, other: once ? key : `${key}~${digest}` };
  });
  const rows = await writtenUnder(
    tx,
    run,
    all.flatMap(({ key, other }) => [key, other]),
  );
  return all.flatMap(({ change, data, key, other }): readonly FreshChange[] => {
    const row = rows.get(key);
    if (row === undefined) return [{ change, key, data, instead: false }];
    const late = Date.parse(change.at) <= Date.parse(row.created_at);
    const told = late || isSame(row, { change, data }) || (other !== key && rows.has(other));
    return told ? [] : [{ change, key: other, data, instead: true }];
  });
}
