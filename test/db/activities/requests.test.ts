import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { gatherFacts } from '../../../activities/support/gather-facts.ts';
import { backends } from '../support/backends.ts';
import { newProject, newTask } from '../support/rows.ts';
import { change, newWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { readRow } from './queries.ts';
import { asked, finished } from './run-events.ts';

describe.each(backends)('requests and facts on $name', ({ start: startDatabase }) => {
  let world: World;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    world = await newWorld(database());
  });
  const row = async () => await readRow(world, 'agentic_workflows', world.run.runId);
  const project = async (changes: Parameters<ReturnType<World['as']>['project']>[0]['changes']) =>
    await world.as(1).project({ run: world.run, changes });

  it('opens, reminds and closes a request, and tells its person', async () => {
    const requestId = randomUUID();
    await project([change(1, asked(requestId))]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({
      status: 'open',
      default_value: { when: '2026-05-01' },
      schema: { type: 'object' },
    });
    await project([
      change(2, { type: 'request.reminded', requestId, escalated: false, deadline: '2026-03-12T08:00:00.000Z' }),
    ]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({
      remind_at: null,
      deadline: '2026-03-12T08:00:00.000Z',
    });
    await project([
      change(3, {
        type: 'request.closed',
        requestId,
        status: 'answered',
        answer: { when: '2026-06-01' },
        comment: null,
        by: 'person',
        messageId: 'm-1',
      }),
    ]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({
      status: 'answered',
      answer: { when: '2026-06-01' },
      answered_by: 'person',
      message_id: 'm-1',
    });
    const told = await world.database.asService((tx) =>
      tx
        .selectFrom('notification_deliveries')
        .select(['channel', 'status'])
        .where('recipient_user_id', '=', world.userId)
        .execute(),
    );
    expect(told).toEqual([
      { channel: 'in_app', status: 'delivered' },
      { channel: 'in_app', status: 'delivered' },
    ]);
    const facts = await world.database.asService((tx) =>
      gatherFacts(tx, { deps: world.deps, run: world.run, facts: [] }),
    );
    expect(facts.answers).toEqual([{ key: 'when', question: 'When?', answer: '2026-06-01' }]);
  });

  it('closes with a run what it left open, and keeps its history in one row', async () => {
    const requestId = randomUUID();
    await project([
      change(1, { type: 'step.started', step: step(1), input: null }),
      change(2, asked(requestId)),
      change(3, finished),
    ]);
    expect(await row()).toMatchObject({
      status: 'completed',
      outcome: 'completed',
      summary: 'Done.',
      output: { summary: 'Done.' },
      total_tokens: 900,
      total_cost_usd: 0.25,
      total_steps: 1,
    });
    expect((await row())['step_history']).toMatchObject([{ step: 1, status: 'skipped' }]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({ status: 'withdrawn' });
  });

  it('has outputs in the order of their steps: what was made anew stands behind what an earlier round left', async () => {
    const batch = (sequence: number, slot: string, said: string) => {
      const ref = step(sequence, { type: 'model', name: 'choose', slot, path: `model:choose/${slot}#${sequence}` });
      const ended = { status: 'completed', output: { said }, reasoning: null, cost: null, error: null } as const;
      return change(sequence, { type: 'step.finished', step: ref, ...ended });
    };
    await project([batch(1, 'b1', 'old'), batch(2, 'b2', 'left over'), batch(3, 'b1', 'new')]);
    const { outputs } = await world.database.asService((tx) =>
      gatherFacts(tx, { deps: world.deps, run: world.run, facts: [] }),
    );
    expect(Object.entries(outputs)).toEqual([
      ['choose/b2', { said: 'left over' }],
      ['choose/b1', { said: 'new' }],
    ]);
  });

  it('gathers the facts that were asked for, the nearest first, and cut to size', async () => {
    const { userId, run } = world;
    await world.database.asService(async (tx) => {
      const projectId = await newProject(tx, userId);
      await tx.updateTable('agentic_workflows').set({ project_id: projectId }).where('id', '=', run.runId).execute();
      await newTask(tx, userId);
      await newTask(tx, userId, { project_id: projectId });
      await tx
        .insertInto('notes')
        .values({ user_id: userId, project_id: projectId, title: 'Long', content: 'n'.repeat(9_000) })
        .execute();
      await tx
        .insertInto('user_context')
        .values({ user_id: userId, timezone: 'Europe/Berlin', background: 'Gardener' })
        .execute();
      const times = { start_at: '2026-03-04T10:00:00Z', end_at: '2026-03-04T11:00:00Z' };
      await tx
        .insertInto('calendar_events')
        .values({ user_id: userId, uid: randomUUID(), title: 'Dentist', source: 'manual', ...times })
        .execute();
    });
    await project([change(1, { type: 'context.added', contextId: 'c1', text: 'Also a pond', source: 'person' })]);
    const gather = async (names: Parameters<typeof gatherFacts>[1]['facts']) =>
      await world.database.asService((tx) => gatherFacts(tx, { deps: world.deps, run, facts: names }));
    const facts = await gather(['userContext', 'project', 'notes', 'tasks', 'calendar']);
    expect(facts).toMatchObject({
      timeZone: 'Europe/Berlin',
      userContext: { fields: { background: 'Gardener' } },
      project: { name: 'Garden', phases: [] },
      addedContext: ['Also a pond'],
    });
    expect(facts.tasks.map((task) => task.projectId === facts.project?.id)).toEqual([true, false]);
    expect(facts.notes[0]?.content).toHaveLength(4_001);
    expect(facts.calendar).toEqual([
      { title: 'Dentist', start: '2026-03-04T10:00:00Z', end: '2026-03-04T11:00:00Z', allDay: false },
    ]);
    expect(await gather([])).toMatchObject({
      userContext: null,
      project: null,
      notes: [],
      tasks: [],
      calendar: [],
      input: { userPrompt: 'Plan the garden' },
    });
  });
});
