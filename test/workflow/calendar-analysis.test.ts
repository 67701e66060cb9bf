import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createEvent } from '../../src/calendar/local/events.ts';
import { at, meetingsFile, nextMonday } from '../support/meetings/calendar-file.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import type { Start } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
const monday = nextMonday(Date.now());

beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
  await steward.api.importCalendar({ text: meetingsFile(Date.now()) });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

async function start(more: Start = {}): Promise<string> {
  return await startRun(steward, { type: 'calendar_analysis', input: {}, ...more });
}

async function proposed(runId: string) {
  const request = await untilAsked(steward, runId, 'approval');
  return { request, proposal: await steward.api.getProposal({ proposalId: request.proposalId ?? '' }) };
}

type Proposed = Awaited<ReturnType<typeof proposed>>;

function ofKind({ proposal }: Proposed, kind: string) {
  return proposal.operations.filter((operation) => operation.kind === kind);
}

async function links() {
  return await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('task_event_links')
        .innerJoin('tasks', 'tasks.id', 'task_event_links.task_id')
        .select(['tasks.title', 'tasks.deadline', 'tasks.source', 'event_uid', 'role'])
        .where('tasks.deleted_at', 'is', null)
        .orderBy('tasks.title')
        .execute(),
  );
}

async function block(title: string, startMs: number): Promise<void> {
  await steward.database.asService(
    async (tx) =>
      await createEvent(tx, {
        userId: steward.userId,
        eventId: `block-${title}-${startMs}`,
        title,
        start: new Date(startMs).toISOString(),
        end: new Date(startMs + 3_600_000).toISOString(),
        timeZone: 'Europe/Berlin',
        description: null,
        taskId: null,
        runId: null,
      }),
  );
}

describe('a calendar with meetings', () => {
  test('leads to projects, tasks with their links, a moved block and a report; undone, nothing is left', async () => {
    await block('Write the offer', at(monday, 3, 10));
    const runId = await start();
    const asked = await proposed(runId);
    expect(ofKind(asked, 'create_project').map(({ title }) => title)).toEqual([
      'Create project "Design workshop"',
      'Create project "Team sync"',
    ]);
    expect(ofKind(asked, 'create_task').map(({ title }) => title)).toEqual([
      'Add task "Prepare Design workshop"',
      'Add task "Prepare for Interview with Ada"',
      'Add task "Write down the impressions of Interview with Ada"',
      'Add task "Auf Gespräch mit Kunde Müller vorbereiten"',
      'Add task "Ergebnisse von Gespräch mit Kunde Müller verschicken"',
    ]);
    expect(ofKind(asked, 'link_event')).toHaveLength(5);
    expect(ofKind(asked, 'move_event').map(({ reason }) => reason)).toEqual([
      expect.stringContaining('It overlaps "Interview with Ada"'),
    ]);
    expect(await links()).toEqual([]);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      result: {
        decision: 'approved',
        refused: 0,
        failed: 0,
        figures: { explicitSeries: 1, implicitSeries: 1, conflicts: 1, problems: 0 },
        suggested: { projects: 2, tasks: 5, calendarChanges: 1 },
      },
    });
    const linked = await links();
    expect(linked.filter(({ event_uid: uid }) => uid === 'ada@test')).toMatchObject([
      { role: 'preparation', source: 'calendar', deadline: new Date(at(monday, 3, 10)).toISOString() },
      { role: 'follow_up', source: 'calendar' },
    ]);
    const [file] = await steward.api.listArtifacts({ runId });
    expect(file?.name).toBe('calendar.md');
    await expectSound(steward, runId);

    await steward.api.undoProposal({ proposalId: asked.proposal.id });
    expect(await links()).toEqual([]);
  });
});

describe('a decision', () => {
  test('about a part applies that part, with what it needs; later runs double nothing', async () => {
    const asked = await proposed(await start());
    const preparation = ofKind(asked, 'create_task').find(({ title }) => title.includes('Prepare for Interview'));
    const link = ofKind(asked, 'link_event').find(({ title }) => title.includes('Prepare for Interview'));
    const { runId, id: requestId } = asked.request;
    const operations = [preparation?.id ?? '', link?.id ?? ''];
    await expect(
      steward.api.decideRequest({ requestId, decision: 'approve', operations: operations.slice(1) }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await steward.api.decideRequest({ requestId, decision: 'approve', operations });
    expect(await untilEnded(steward, runId)).toMatchObject({
      status: 'completed',
      result: { decision: 'partly_approved', applied: 2 },
    });
    const again = await proposed(await start());
    const titles = again.proposal.operations.map(({ title }) => title);
    expect(titles.filter((title) => title.includes('Prepare for Interview'))).toEqual([]);
    expect(titles).toContain('Add task "Write down the impressions of Interview with Ada"');
    await steward.api.cancelRun({ runId: again.request.runId });
    await steward.api.undoProposal({ proposalId: asked.proposal.id });
    await expectSound(steward, runId);
  });

  test('against it leads to a proposal without what was objected to', async () => {
    const runId = await start();
    const first = await proposed(runId);
    expect(ofKind(first, 'create_project')).toHaveLength(2);
    const comment = 'No projects please.';
    await steward.api.decideRequest({ requestId: first.request.id, decision: 'reject', comment });
    const second = await proposed(runId);
    expect(second.proposal.revision).toBe(2);
    expect(ofKind(second, 'create_project')).toEqual([]);
    expect(ofKind(second, 'create_task').length).toBe(ofKind(first, 'create_task').length);
    await steward.api.decideRequest({
      requestId: second.request.id,
      decision: 'reject',
      comment: 'Keine Aufgaben, nichts verschieben, keine Projekte.',
    });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', outcome: 'rejected' });
    await expectSound(steward, runId);
  });
});

describe('focus time', () => {
  test('that is wanted is kept free by blocks; the same again finds nothing left to propose', async () => {
    const options = { focusMinutesPerWeek: 2_000, autoExecute: true };
    const run = await untilEnded(steward, await start({ options }));
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', failed: 0 } });
    const blocks = await steward.database.asService(
      async (tx) =>
        await tx
          .selectFrom('calendar_events')
          .select(['start_at', 'end_at', 'task_id'])
          .where('run_id', '=', run.id)
          .where('deleted_at', 'is', null)
          .execute(),
    );
    expect(blocks.length).toBeGreaterThan(3);
    expect(new Set(blocks.map(({ task_id: taskId }) => taskId)).size).toBe(1);
    const again = await untilEnded(steward, await start({ options }));
    expect(again).toMatchObject({ status: 'completed', result: { decision: 'nothing_to_propose' } });
    await steward.api.undoProposal({ proposalId: run.proposals[0]?.id ?? '' });
  });
});

describe('a window', () => {
  test('without events ends honestly, with a report that says so', async () => {
    const run = await untilEnded(steward, await start({ input: { from: '2001-01-01', to: '2001-02-01' } }));
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'completed',
      requests: [],
      result: {
        decision: 'nothing_to_propose',
        figures: { events: 0 },
        highlights: ['There is no event in this window.'],
      },
    });
    expect((await steward.api.listArtifacts({ runId: run.id })).map(({ name }) => name)).toEqual(['calendar.md']);
    await expectSound(steward, run.id);
  });

  test.each([
    [{ from: 'yesterday' }, 'input.from'],
    [{ from: '2026-02-01', to: '2026-01-01' }, 'input.to'],
    [{ from: '2020-01-01', to: '2026-01-01' }, 'input.to'],
    [{ taskId: '01a21528-df37-7189-9b5c-fb0e1511b184' }, 'input.taskId'],
  ])('that is none (%j) is refused with its field named', async (input, field) => {
    await expect(start({ input })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [expect.objectContaining({ path: field })] },
    });
  });
});

describe('a model', () => {
  test.each([
    [
      'interpret',
      { summary: 'x', findings: [{ title: 'x', explanation: '', advice: '', severity: 'info', about: ['s99'] }] },
      's99',
    ],
    [
      'suggest',
      {
        projects: [{ key: 'p1', name: 'x', description: '', series: ['s77'], existingProjectId: null, reason: '' }],
        leaveOut: ['move-9'],
      },
      's77',
    ],
    ['meeting_tasks', { items: [{ key: 'm88', tasks: [] }] }, 'm88'],
  ])('that invents keys in %s is told so, and the run goes on', async (call, answer, invented) => {
    const bodies: string[] = [];
    steward.proxy.setFaults(({ operation, body }) => {
      if (!operation.endsWith(call)) return { kind: 'pass' };
      bodies.push(body);
      return bodies.length === 1 ? { kind: 'content', content: JSON.stringify(answer) } : { kind: 'pass' };
    });
    const runId = await start({ input: { userPrompt: `Look at my week ${call} ${Date.now()}` } });
    const { proposal } = await proposed(runId);
    expect(bodies[1]).toContain(invented);
    expect(JSON.stringify(proposal.operations)).not.toContain(invented);
    await steward.api.cancelRun({ runId });
    const run = await untilEnded(steward, runId);
    expect(run.steps.find((step) => step.name === call)).toMatchObject({ status: 'completed', retries: 1 });
    await expectSound(steward, runId);
  });
});
