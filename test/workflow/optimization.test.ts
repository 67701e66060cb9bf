import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import type { Start } from '../support/runs.ts';
import { openTasks, recordState } from '../support/troubled/state.ts';
import { insertTroubled } from '../support/troubled/insert.ts';
import type { Inserted } from '../support/troubled/insert.ts';

let steward: TestSteward;
let records: Inserted;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
});
afterAll(async () => await steward.stop());
beforeEach(async () => {
  steward.proxy.setFaults(() => ({ kind: 'pass' }));
  records = await insertTroubled(steward);
});

async function start(more: Start = {}): Promise<string> {
  return await startRun(steward, { type: 'optimization', input: {}, ...more });
}

async function proposed(runId: string) {
  const request = await untilAsked(steward, runId, 'approval');
  return { request, proposal: await steward.api.getProposal({ proposalId: request.proposalId ?? '' }) };
}

type Proposed = Awaited<ReturnType<typeof proposed>>;

function titles({ proposal }: Proposed, kind?: string): readonly string[] {
  return proposal.operations.filter((each) => kind === undefined || each.kind === kind).map((each) => each.title);
}

async function report(runId: string): Promise<string> {
  const [artifact] = await steward.api.listArtifacts({ runId });
  const step = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflow_steps')
        .select('output')
        .where('workflow_id', '=', runId)
        .where('path', '=', 'compute:measure')
        .executeTakeFirstOrThrow(),
  );
  expect(artifact?.name).toBe('optimization.md');
  return String((step.output as { markdown?: unknown }).markdown);
}

describe('an optimization', () => {
  test('finds, explains, proposes with before and after, applies, and measures what was gained', async () => {
    const runId = await start();
    const asked = await proposed(runId);
    expect(titles(asked)).toEqual(
      expect.arrayContaining([
        'Priority of "Book a moving company": low → high',
        'Cancel "Label the doors": pending → cancelled',
        '"Order the catering" waits for "Find a sponsor": yes → no',
        'Project "Old blog": active → on hold',
        expect.stringMatching(
          /^Merge "Change address at bank" into "Change the address at the bank" \(Move to the new flat\): 2 tasks → 1$/u,
        ),
        expect.stringMatching(/^Deadline of "Write the outline": .+ → .+$/u),
        expect.stringMatching(/^Split "Paint the bedroom" \(15 h → 4 parts\): "Buy paint", /u),
        expect.stringMatching(/^Move a block of "Buy a gift for Maria": .+ → .+$/u),
      ]),
    );
    for (const each of asked.proposal.operations) expect(each.reason).not.toBe('');
    expect(asked.proposal.summary).toMatch(/Lateness in hours: [\d.]+ → [\d.]+/u);
    expect(asked.proposal.notes.map((note) => note.kind)).toEqual(
      expect.arrayContaining(['gain', 'load', 'diagnosis']),
    );
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'completed',
      result: { decision: 'approved', failed: 0 },
    });
    const { before, after } = run.result as { before: Record<string, number>; after: Record<string, number> };
    expect(after['latenessHours']).toBeLessThan(before['latenessHours'] ?? 0);
    expect(after['lateTasks']).toBeLessThan(before['lateTasks'] ?? 0);
    const now = await openTasks(steward);
    expect(after['openTasks']).toBe(now.filter((task) => task.parent_task_id === null).length);
    const past = now.filter((task) => task.deadline !== null && Date.parse(task.deadline) < Date.now() - 86_400_000);
    expect(past.length).toBeLessThanOrEqual(after['lateTasks'] ?? 0);
    expect(await report(runId)).toContain('## Gain: before → after');
    await expectSound(steward, runId);
  });

  test('approved in part gains what was applied and no more; undone, all is as it was', async () => {
    const before = await recordState(steward);
    const runId = await start();
    const { request, proposal } = await proposed(runId);
    const [first] = proposal.operations.filter((each) => each.kind === 'merge_tasks');
    const drop = proposal.operations.find((each) => each.kind === 'set_task_status');
    const operations = [first?.id ?? '', drop?.id ?? ''];
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'partly_approved', applied: 2 } });
    const counts = run.result as { before: { openTasks: number }; after: { openTasks: number; latenessHours: number } };
    expect(counts.after.openTasks).toBe(counts.before.openTasks - 2);
    // Deadlines were refused, so that nearly all of the lateness is still there.
    expect(counts.after.latenessHours).toBeGreaterThan(1_000);
    expect((await recordState(steward)).tasks.length).toBe(before.tasks.length - 2);
    await steward.api.undoProposal({ proposalId: proposal.id });
    expect(await recordState(steward)).toEqual(before);
    await expectSound(steward, runId);
  });

  test('a whole proposal is undone as it was applied', async () => {
    const before = await recordState(steward);
    const runId = await start({ options: { autoExecute: true } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { failed: 0 } });
    expect(await recordState(steward)).not.toEqual(before);
    await steward.api.undoProposal({ proposalId: run.proposals[0]?.id ?? '' });
    const after = await recordState(steward);
    const old = new Set(before.tasks.map((task) => task.id));
    expect(after.tasks.filter((task) => old.has(task.id))).toEqual(before.tasks);
    expect(after.edges).toEqual(before.edges);
    expect(after.projects).toEqual(before.projects);
  });

  test('a rejection whose comment names what is wrong leads to a proposal without it', async () => {
    const runId = await start();
    const first = await proposed(runId);
    expect(titles(first, 'set_task_status').length).toBeGreaterThan(0);
    const comment = "Don't cancel anything, and keep Friday free";
    await steward.api.decideRequest({ requestId: first.request.id, decision: 'reject', comment });
    const second = await proposed(runId);
    expect(second.proposal.id).not.toBe(first.proposal.id);
    expect(titles(second, 'set_task_status')).toEqual([]);
    expect(titles(second, 'merge_tasks')).toEqual(titles(first, 'merge_tasks'));
    await steward.api.decideRequest({ requestId: second.request.id, decision: 'reject', comment: 'Gar nichts, bitte' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'rejected',
      result: { decision: 'rejected', applied: 0 },
    });
    await expectSound(steward, runId);
  });

  test('obeys a wish about time that code can read', async () => {
    const runId = await start({ input: { userPrompt: 'Nothing for the thesis before 2099-06-01.' } });
    const asked = await proposed(runId);
    const starts = titles(asked).filter((title) => title.startsWith('Start of '));
    expect(starts.length).toBe(11);
    expect(starts.find((title) => title.includes('"Write the outline"'))).toMatch(/→ Mon 1 Jun/u);
    // What can't begin before then can't be promised before then.
    expect(titles(asked).find((title) => title.startsWith('Deadline of "Write the outline"'))).toBeUndefined();
  });

  test('of one project changes nothing of the others', async () => {
    const runId = await start({ input: { projectId: records.project('garten') } });
    const asked = await proposed(runId);
    const text = titles(asked).join('\n');
    expect(text).toContain('Laube streichen');
    expect(text).not.toMatch(/thesis|Makerspace|Book a moving company/u);
  });

  test('of records without trouble says so, with figures and a report, and asks for nothing', async () => {
    await steward.database.asService(async (tx) => {
      await tx
        .updateTable('tasks')
        .set({ deleted_at: new Date().toISOString() })
        .where('user_id', '=', steward.userId)
        .execute();
      await tx.updateTable('projects').set({ status: 'completed' }).where('user_id', '=', steward.userId).execute();
    });
    await steward.api.createRecord({ kind: 'tasks', values: { title: 'Water the plants', duration_minutes: 15 } });
    const runId = await start();
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      requests: [],
      result: {
        decision: 'nothing_to_do',
        proposalId: null,
        findings: {},
        highlights: [],
        after: { openTasks: 1, lateTasks: 0 },
      },
    });
    expect(await report(runId)).toContain('Nothing was found that should be changed.');
    await expectSound(steward, runId);
  });

  test('with options that are wrong fails with each field named', async () => {
    const failure = await start({
      options: { focus: 'overdu', staleDays: 0 },
      input: { taskId: records.task('bus') },
    }).catch((error: unknown) => error);
    const text = JSON.stringify(failure);
    for (const field of ['focus', 'staleDays', 'taskId']) expect(text).toContain(field);
  });
});

describe('a model that goes wrong', () => {
  test('with a finding, a task or a measure that does not exist is told so, and asked again', async () => {
    const seen: string[] = [];
    const invented = JSON.stringify({
      items: [{ key: 'overdue-99', measures: [{ kind: 'drop', target: 'nobody', reason: 'made up' }], why: 'made up' }],
    });
    steward.proxy.setFaults((call) => {
      if (!call.operation.endsWith('reorganize')) return { kind: 'pass' };
      seen.push(call.body);
      return seen.length === 1 ? { kind: 'content', content: invented } : { kind: 'pass' };
    });
    const runId = await start({ options: { autoExecute: true, focus: ['overdue'] } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { failed: 0 } });
    expect(seen.some((body) => body.includes('overdue-99'))).toBe(true);
    expect(run.steps.find((step) => step.name === 'reorganize' && step.retries > 0)).toBeDefined();
    await expectSound(steward, runId);
  });

  test('that names causes which are no findings is told so', async () => {
    let calls = 0;
    const invented = {
      summary: 'All is well.',
      bottlenecks: [{ finding: 'overdue-1', causes: ['ghost-1'], explanation: 'A ghost did it.' }],
    };
    steward.proxy.setFaults((call) => {
      if (!call.body.includes('optimization.investigate')) return { kind: 'pass' };
      calls += 1;
      return calls === 1
        ? { kind: 'calls', text: 'Done.', calls: [{ name: 'finish', arguments: invented }] }
        : { kind: 'pass' };
    });
    const runId = await start({ options: { autoExecute: true, focus: ['overdue'] } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed' });
    expect(calls).toBeGreaterThan(1);
    expect(await report(runId)).not.toContain('ghost');
  });

  test('in the agent loop, with a tool that there is not, again and again, is asked for the diagnosis in one go', async () => {
    steward.proxy.setFaults((call) =>
      call.body.includes('optimization.investigate')
        ? { kind: 'calls', text: 'Hm.', calls: [{ name: 'drop_everything', arguments: {} }] }
        : { kind: 'pass' },
    );
    const runId = await start({ options: { autoExecute: true, focus: ['overdue'] } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed' });
    expect(run.steps.find((step) => step.name === 'diagnose')).toMatchObject({ status: 'completed' });
    expect(run.steps.some((step) => step.type === 'agent' && step.title.includes('Ended after'))).toBe(true);
    await expectSound(steward, runId);
  });

  test('talking nonsense for ever fails the run with a clear step, and changes nothing', async () => {
    const before = await recordState(steward);
    steward.proxy.setFaults((call) =>
      call.operation.endsWith('reorganize') ? { kind: 'content', content: 'Lovely weather.' } : { kind: 'pass' },
    );
    const run = await untilEnded(steward, await start({ options: { autoExecute: true } }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_failed' } });
    expect(await recordState(steward)).toEqual(before);
  });

  test('stays within the budget, whose end asks', async () => {
    const runId = await start({ budget: { maxCostUsd: 0.02, onExhausted: 'ask' } });
    const request = await untilAsked(steward, runId, 'budget');
    await steward.api.answerRequest({ requestId: request.id, value: { action: 'stop' } });
    const run = await untilEnded(steward, runId);
    expect(run.totalCostUsd).toBeLessThanOrEqual(0.02);
    await expectSound(steward, runId);
  });
});
