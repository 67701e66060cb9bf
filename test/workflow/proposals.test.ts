import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ProposalView, RequestView } from '../../src/contract/views.ts';
import { expectAppliedOnce, expectSound, recordsOf } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, startRun, until, untilAsked, untilEnded, update } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

async function proposalOf(request: RequestView): Promise<ProposalView> {
  return await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
}

/** The operations without this task, and without all that needs it. */
function withoutTask(proposal: ProposalView, title: string): readonly string[] {
  const gone = proposal.operations
    .filter((operation) => operation.title === `Add task "${title}"`)
    .map((operation) => operation.id);
  return proposal.operations
    .filter(({ id, requires }) => !gone.includes(id) && !requires.some((required) => gone.includes(required)))
    .map(({ id }) => id);
}

async function applied(): Promise<{ readonly runId: string; readonly proposalId: string }> {
  const runId = await startRun(steward, { options: { autoExecute: true } });
  const run = await untilEnded(steward, runId);
  expect(run.status).toBe('completed');
  return { runId, proposalId: run.proposals[0]?.id ?? '' };
}

describe('a partial approval', () => {
  test('that leaves out what an accepted operation needs is refused and names both', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    const all = (await proposalOf(request)).operations.map((operation) => operation.id);
    const operations = all.filter((id) => id !== 'task-1');
    const refusal = steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations });
    await expect(refusal).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: expect.arrayContaining([expect.objectContaining({ path: 'operations' })]) },
    });
    expect(await update(steward, runId, { decide: { decision: 'approve', operations } })).toEqual({
      refused: 'invalid_input',
    });
    expect(await update(steward, runId, { decide: { decision: 'approve', operations: ['task-99'] } })).toEqual({
      refused: 'invalid_input',
    });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { decision: 'approved' } });
  });

  test('applies the accepted operations and nothing else', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    const proposal = await proposalOf(request);
    const operations = withoutTask(proposal, 'Paint the walls');
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations });
    const run = await untilEnded(steward, runId);
    const refused = proposal.operations.length - operations.length;
    expect(refused).toBeGreaterThan(1);
    expect(run).toMatchObject({
      status: 'completed',
      result: { decision: 'partly_approved', applied: operations.length, refused },
    });
    const { tasks, blocks } = await recordsOf(steward, runId);
    expect(tasks).toEqual(['Build the shelves', 'Draw the floor plan', 'Invite the neighbours', 'Measure the room']);
    expect(blocks.filter((block) => block.includes('Paint'))).toEqual([]);
    const after = await proposalOf(request);
    expect(after.status).toBe('partly_applied');
    expect(after.operations.filter((operation) => operation.status === 'refused')).toHaveLength(refused);
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });
});

describe('a rejection', () => {
  test('with a reason leads to another proposal, made with the reason in sight', async () => {
    const runId = await startRun(steward);
    const first = await untilAsked(steward, runId, 'approval');
    const comment = 'Without the painting, please.';
    await steward.api.decideRequest({ requestId: first.id, decision: 'reject', comment });
    const second = await until('a second proposal', async () => {
      const { items } = await steward.api.listRequests({ open: true, runId });
      return items.find((request) => request.kind === 'approval' && request.id !== first.id) ?? null;
    });
    expect(second.proposalId).not.toBe(first.proposalId);
    expect(await proposalOf(second)).toMatchObject({ revision: 2, status: 'open' });
    expect(await proposalOf(first)).toMatchObject({ revision: 1, status: 'rejected' });
    expect(steward.proxy.calls.some((call) => call.body.includes(comment))).toBe(true);
    const stale = steward.api.decideRequest({ requestId: second.id, decision: 'approve', digest: first.digest ?? '' });
    await expect(stale).rejects.toMatchObject({
      code: 'stale_digest',
      details: { expected: second.digest, given: first.digest },
    });
    await steward.api.decideRequest({ requestId: second.id, decision: 'approve', digest: second.digest ?? '' });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { revisions: 2 } });
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('for good ends the run as rejected, with nothing applied', async () => {
    const runId = await startRun(steward, { options: { maxRevisions: 1 } });
    for (const comment of ['No.', 'Still no.']) {
      const request = await untilAsked(steward, runId, 'approval');
      await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment });
      await until('the decision is written', async () =>
        (await proposalOf(request)).status === 'rejected' ? true : null,
      );
    }
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'rejected',
      result: { decision: 'rejected', revisions: 2, applied: 0 },
    });
    expect(run.proposals).toHaveLength(2);
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    await expectSound(steward, runId);
  });
});

describe('a decision that is sent again when the run is over', () => {
  test('is known under its own message id, and a conflict under another', async () => {
    const runId = await startRun(steward);
    const { id: requestId } = await untilAsked(steward, runId, 'approval');
    const decision = { requestId, decision: 'approve', messageId: 'said-once' } as const;
    expect(await steward.api.decideRequest(decision)).toEqual({ accepted: true, duplicate: false });
    await untilEnded(steward, runId);
    expect(await steward.api.decideRequest(decision)).toEqual({ accepted: true, duplicate: true });
    const other = steward.api.decideRequest({ ...decision, messageId: 'said-later' });
    await expect(other).rejects.toMatchObject({ code: 'conflict', details: { requestId, status: 'answered' } });
  });
});

describe('undo', () => {
  test('takes all of a proposal back; a second one is refused', async () => {
    const { runId, proposalId } = await applied();
    const { operations } = await steward.api.getProposal({ proposalId });
    expect(await steward.api.undoProposal({ proposalId })).toMatchObject({ undone: operations.length, kept: [] });
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    expect((await steward.api.getProposal({ proposalId })).status).toBe('undone');
    await expect(steward.api.undoProposal({ proposalId })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('asked for twice at once happens once', async () => {
    const { runId, proposalId } = await applied();
    const outcomes = await Promise.allSettled([
      steward.api.undoProposal({ proposalId }),
      steward.api.undoProposal({ proposalId }),
    ]);
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    const events = await steward.api.listEvents({ runId, limit: 500 });
    expect(events.filter((event) => event.type === 'proposal.undone').length).toBeGreaterThan(0);
  });

  test('keeps what somebody changed since, and says so', async () => {
    const { runId, proposalId } = await applied();
    const { items: tasks } = await steward.api.listRecords({ kind: 'tasks', limit: 100 });
    const task = tasks.find((each) => each['source_run_id'] === runId && each['title'] === 'Paint the walls');
    await steward.api.updateRecord({ kind: 'tasks', id: task?.id ?? '', changes: { title: 'Paint the walls blue' } });
    const { kept } = await steward.api.undoProposal({ proposalId });
    const operation = (await steward.api.getProposal({ proposalId })).operations.find(
      (each) => each.title === 'Add task "Paint the walls"',
    );
    expect(kept.map((each) => each.operationId)).toContain(operation?.id);
    expect((await recordsOf(steward, runId)).tasks).toEqual(['Paint the walls blue']);
  });
});
