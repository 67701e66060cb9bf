import { beforeEach, describe, expect, it } from 'vitest';
import type { Applied, ApplyParams, Undone } from '../../../../activities/records/api.ts';
import type { Tx } from '../../../../activities/support/transaction.ts';
import { backends } from '../../support/backends.ts';
import { newWorld, sameWorld, useDatabase } from '../harness.ts';
import type { World } from '../harness.ts';
import { approval, propose } from '../plan.ts';
import { calendarCases, knowledgeCases, taskCases } from './cases.ts';
import type { Case } from './cases.ts';
import { newGround } from './ground.ts';
import type { Ground } from './ground.ts';
import { recordState } from './state.ts';

const cases = [...taskCases, ...knowledgeCases, ...calendarCases];

describe.each(backends)('every operation on $name', ({ start: startDatabase }) => {
  let world: World;
  let ground: Ground;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    world = await newWorld(database());
    ground = await world.database.asService((tx) => newGround(tx, world.userId));
  });

  async function proposed({ operation }: Case): Promise<ApplyParams> {
    world = sameWorld(world, { database: database(), draft: [operation(ground)] });
    return approval(world, await propose(world), ['one']);
  }
  async function apply({ kind }: Case, params: ApplyParams, attempt = 1): Promise<Applied> {
    const activities = world.as(attempt);
    return kind.endsWith('_event') && kind !== 'link_event'
      ? await activities.applyEvents(params)
      : await activities.applyOperations(params);
  }
  async function undo({ kind }: Case, { proposalId }: ApplyParams): Promise<Undone> {
    const params = { run: world.run, proposalId, reason: 'No.' };
    return kind.endsWith('_event') && kind !== 'link_event'
      ? await world.as(1).undoEvents(params)
      : await world.as(1).undoOperations(params);
  }
  async function change(work: (tx: Tx, ground: Ground, userId: string) => Promise<unknown>): Promise<void> {
    await world.database.asService(async (tx) => {
      await work(tx, ground, world.userId);
    });
  }

  it.each(cases)('$kind is done once, and undoing it brings everything back', async (each) => {
    const before = await recordState(world);
    const params = await proposed(each);
    const applied = await apply(each, params);
    expect(applied).toMatchObject({ applied: 1, failed: [], counts: { [each.kind]: 1 } });
    const after = await recordState(world);
    expect(after).not.toEqual(before);
    expect(await apply(each, params, 2)).toEqual(applied);
    expect(await recordState(world)).toEqual(after);
    expect(await undo(each, params)).toMatchObject({ undone: 1, kept: [] });
    // The row that holds a profile stays, empty.
    const rest =
      each.kind === 'update_user_context' ? { user_context: [expect.objectContaining({ extra: null })] } : {};
    expect(await recordState(world)).toEqual({ ...before, ...rest });
  });

  it.each(cases.filter(({ meddle }) => meddle !== undefined))(
    '$kind is not done when somebody changed it meanwhile',
    async (each) => {
      const params = await proposed(each);
      if (each.meddle !== undefined) await change(each.meddle);
      const before = await recordState(world);
      const { failed } = await apply(each, params);
      expect(failed).toEqual([{ operationId: 'one', error: expect.stringContaining('changed after') }]);
      expect(await recordState(world)).toEqual(before);
    },
  );

  it.each(cases.filter(({ later, meddle }) => (later ?? meddle) !== undefined))(
    '$kind stays when somebody changed it since',
    async (each) => {
      const params = await proposed(each);
      await apply(each, params);
      const later = each.later ?? each.meddle;
      if (later !== undefined) await change(later);
      const before = await recordState(world);
      const undone = await undo(each, params);
      expect(undone).toMatchObject({ undone: 0, kept: [{ operationId: 'one', reason: expect.any(String) }] });
      expect(await recordState(world)).toEqual(before);
    },
  );

  it.each(cases.filter(({ remove }) => remove !== undefined))('$kind fails when its target is gone', async (each) => {
    const params = await proposed(each);
    if (each.remove !== undefined) await change(each.remove);
    const before = await recordState(world);
    expect(await apply(each, params)).toMatchObject({ applied: 0, failed: [{ operationId: 'one' }] });
    expect(await recordState(world)).toEqual(before);
  });

  it('move_event is refused when it is drafted, for an event that repeats', async () => {
    await change((tx, { eventUid }) =>
      tx.updateTable('calendar_events').set({ rrule: 'FREQ=DAILY' }).where('uid', '=', eventUid).execute(),
    );
    const [move] = calendarCases;
    if (move === undefined) throw new Error('no case');
    await expect(proposed(move)).rejects.toMatchObject({
      type: 'invalid_input',
      message: expect.stringContaining('repeats'),
    });
  });
});
