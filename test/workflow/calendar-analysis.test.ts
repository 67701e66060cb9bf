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
      'Add task "Prepare "Design workshop""',
      'Add task "Prepare for "Interview with Ada""',
      'Add task "Write down the impressions of "Interview with Ada""',
      'Add task "Auf "Gespräch mit Kunde Müller" vorbereiten"',
      'Add task "Ergebnisse von "Gespräch mit Kunde Müller" verschicken"',
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
