import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Fault } from '../support/model-proxy.ts';
import { expectAppliedOnce, expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const type = 'generate_phases';
const titles = ['Measure the hall', 'Buy paint', 'Paint the walls', 'Lay the floor', 'Clean the hall'] as const;
let made = 0;

type Project = { readonly projectId: string; readonly tasks: Readonly<Record<string, string>> };

/** A project without phases. Never the same twice: equal prompts are answered from the cache. */
async function hall(values: Record<string, string> = {}): Promise<Project> {
  made += 1;
  const name = `Hall ${made}-${Date.now().toString(36)}`;
  const { id: projectId } = await steward.api.createRecord({ kind: 'projects', values: { name, ...values } });
  const tasks: Record<string, string> = {};
  for (const title of titles) {
    const task = { title, project_id: projectId, duration_minutes: 120 };
    tasks[title] = (await steward.api.createRecord({ kind: 'tasks', values: task })).id;
  }
  return { projectId, tasks };
}

async function addPhase(projectId: string, name: string): Promise<string> {
  const values = {
    project_id: projectId,
    name,
    order: 1,
    start_date: '2031-01-01T00:00:00Z',
    end_date: '2031-02-01T00:00:00Z',
  };
  return (await steward.api.createRecord({ kind: 'phases', values })).id;
}

/** Name of each phase of a project with the titles in it, in order. */
async function phasesOf(projectId: string): Promise<Readonly<Record<string, readonly string[]>>> {
  return await steward.database.asService(async (tx) => {
    const phases = await tx
      .selectFrom('phases')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('order')
      .execute();
    const places = await tx
      .selectFrom('phase_tasks')
      .innerJoin('tasks', 'tasks.id', 'phase_tasks.task_id')
      .select(['phase_tasks.phase_id', 'tasks.title'])
      .where('tasks.deleted_at', 'is', null)
      .orderBy('phase_tasks.order')
      .execute();
    return Object.fromEntries(
      phases.map((phase) => [
        phase.name,
        places.filter((place) => place.phase_id === phase.id).map((place) => place.title),
      ]),
    );
  });
}

async function operationsOf(runId: string) {
  const { proposalId } = await untilAsked(steward, runId, 'approval');
  return (await steward.api.getProposal({ proposalId: proposalId ?? '' })).operations;
}

const stages = {
  Prepare: ['Measure the hall', 'Buy paint'],
  'Carry out': ['Paint the walls', 'Lay the floor'],
  Finish: ['Clean the hall'],
};

describe('a project', () => {
  test('gets phases one after the other, with every open task in one of them, once', async () => {
    const { projectId } = await hall();
    const runId = await startRun(steward, { type, input: { projectId } });
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      result: { decision: 'approved', phases: 3, tasks: 5, failed: 0 },
    });
    expect(await phasesOf(projectId)).toEqual(stages);
    const spans = await steward.database.asService(
      async (tx) =>
        await tx.selectFrom('phases').selectAll().where('project_id', '=', projectId).orderBy('order').execute(),
    );
    for (const [index, phase] of spans.entries()) {
      expect(Date.parse(phase.start_date)).toBeLessThan(Date.parse(phase.end_date));
      const before = spans[index - 1];
      if (before !== undefined)
        expect(Date.parse(phase.start_date)).toBeGreaterThanOrEqual(Date.parse(before.end_date));
    }
    expect((await steward.api.listArtifacts({ runId })).map((file) => file.name)).toEqual(['phases.md']);
    await expectSound(steward, runId);
    await expectAppliedOnce(steward, runId);
  });

  test('whose text names phases gets those, and the tasks of the text that are missing', async () => {
    const description =
      '# Plan\n\n## Phase 1: Ground\n- Measure the hall (1 hour)\n- Lay the floor (1 day)\n\n## Phase 2: Walls\n- Fill the cracks (2 hours)\n- Paint the walls (1 day)\n';
    const { projectId } = await hall({ description });
    const run = await untilEnded(
      steward,
      await startRun(steward, { type, input: { projectId }, options: { autoExecute: true } }),
    );
    expect(run).toMatchObject({ status: 'completed', result: { phases: 2 } });
    const phases = await phasesOf(projectId);
    expect(Object.keys(phases).join()).toMatch(/Ground.*Walls/);
    const walls = Object.entries(phases).find(([name]) => name.includes('Walls'))?.[1] ?? [];
    expect(walls).toContain('Paint the walls');
    expect(walls.join()).toContain('Fill the cracks');
  });

  test('keeps a phase of the same name, and loses an old one that is empty only where that is asked for', async () => {
    const { projectId, tasks } = await hall();
    const kept = await addPhase(projectId, 'Prepare');
    const old = await addPhase(projectId, 'Some day');
    await steward.database.asService(
      async (tx) =>
        await tx
          .insertInto('phase_tasks')
          .values({ user_id: steward.userId, phase_id: old, task_id: tasks['Buy paint'] ?? '', order: 1 })
          .execute(),
    );
    const left = await startRun(steward, { type, input: { projectId } });
    expect((await operationsOf(left)).map((each) => each.kind)).not.toContain('delete_phase');
    await steward.api.stopRun({ runId: left });
    await untilEnded(steward, left);

    const runId = await startRun(steward, { type, input: { projectId }, options: { replace: true } });
    const operations = await operationsOf(runId);
    expect(operations.find((each) => each.kind === 'update_phase')).toMatchObject({ payload: { phaseId: kept } });
    const move = operations.find((each) => each.title.startsWith('Put "Buy paint"'));
    expect(operations.find((each) => each.kind === 'delete_phase')?.requires).toEqual([move?.id]);
    await approve(steward, runId);
    await untilEnded(steward, runId);
    expect(await phasesOf(projectId)).toEqual(stages);
  });

  test('can be approved in part and undone', async () => {
    const { projectId } = await hall();
    const runId = await startRun(steward, { type, input: { projectId } });
    const request = await untilAsked(steward, runId, 'approval');
    const operations = ['phase-1', 'place-1'];
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations });
    expect(await untilEnded(steward, runId)).toMatchObject({ result: { decision: 'partly_approved', applied: 2 } });
    expect(await phasesOf(projectId)).toEqual({ Prepare: ['Measure the hall'] });
    await steward.api.undoProposal({ proposalId: request.proposalId ?? '' });
    await expect.poll(async () => await phasesOf(projectId), { timeout: 30_000 }).toEqual({});
  });

  test('is divided otherwise after a rejection that says so', async () => {
    const { projectId } = await hall();
    const runId = await startRun(steward, { type, input: { projectId } });
    const first = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId: first.id, decision: 'reject', comment: 'Fewer phases, please' });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ result: { revisions: 2, phases: 2 } });
    expect(
      Object.values(await phasesOf(projectId))
        .flat()
        .toSorted(),
    ).toEqual(titles.toSorted());
    await expectSound(steward, runId);
  });
});

describe('wrong input', () => {
  test('is refused with the way out', async () => {
    const refused: unknown = await steward.api
      .startRun({ type, input: {}, options: { strategy: 'random' } })
      .catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toMatch(/input\.projectId.*steward projects list/);
    expect(JSON.stringify(refused)).toMatch(/sequential, by_topic, by_deadline/);
  });

  test('that names a finished project fails with the way out', async () => {
    const { id: projectId } = await steward.api.createRecord({
      kind: 'projects',
      values: { name: 'Old', status: 'completed' },
    });
    const run = await untilEnded(steward, await startRun(steward, { type, input: { projectId } }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
    expect(run.error?.message).toContain('set it to active first');
  });
});

describe('a model', () => {
  test('that leaves tasks out or invents phases is shown its fault and asked again', async () => {
    const { projectId, tasks } = await hall();
    const items = Object.values(tasks).map((key) => ({ key, phase: 'p99', reason: 'why not' }));
    const answers = [JSON.stringify({ items: [] }), JSON.stringify({ items })];
    steward.proxy.setFaults((call): Fault => {
      const content = call.operation.endsWith('assign') ? answers.shift() : undefined;
      return content === undefined ? { kind: 'pass' } : { kind: 'content', content };
    });
    const run = await untilEnded(
      steward,
      await startRun(steward, { type, input: { projectId }, options: { autoExecute: true } }),
    );
    expect(run.steps.find((step) => step.name === 'assign')).toMatchObject({ status: 'completed', retries: 2 });
    expect(await phasesOf(projectId)).toEqual(stages);
    await expectSound(steward, run.id);
  });

  test('costs no more than the budget allows', async () => {
    const { projectId } = await hall();
    const budget = { maxCostUsd: 0.000_5, onExhausted: 'abort' } as const;
    const run = await untilEnded(steward, await startRun(steward, { type, input: { projectId }, budget }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
    await expectSound(steward, run.id);
  });
});
