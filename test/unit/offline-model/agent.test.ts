import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { work } from '../../../src/models/offline/answer/agent/work.ts';
import type { Reading } from '../../../src/models/offline/answer/answerer.ts';
import { findings } from '../../../workflows/agent/contract.ts';

const now = '2026-11-26T09:00:00.000Z';
const ids = ['0a1b2c3d-0000-4000-8000-00000000000a', '0a1b2c3d-0000-4000-8000-00000000000b'] as const;

function sections(intent: string): JsonObject {
  return { intent, now, time_zone: 'Europe/Berlin' };
}

function said(tool: string, value: Json): Reading {
  return { tool, text: JSON.stringify(value) };
}

const tasks = said('list_tasks', [
  { id: ids[0], title: 'Order seeds', priority: 'medium', deadline: '2026-11-23T17:00:00.000Z' },
  { id: ids[1], title: 'Repair the fence', priority: 'medium', deadline: null },
]);
const found = said('search_records', [
  { kind: 'project', id: 'p1', title: 'Garden', excerpt: 'Garden', projectId: 'p1' },
  { kind: 'note', id: 'n1', title: 'Garden plan', excerpt: 'Garden plan', projectId: 'p1' },
]);
const note = said('read_source', { kind: 'note', id: 'n1', text: 'Roses grow in the garden. Ute is away.' });
const noting = 'Find everything about the garden and note what is still open.';

/** The agent's calls, made one after the other against what each tool says. */
function callsOf(intent: string, answers: Readonly<Record<string, Reading>>): readonly string[] {
  const readings: Reading[] = [];
  for (;;) {
    const next = work.reads(sections(intent), readings)[readings.length];
    if (next === undefined || readings.length > 8) return readings.map(({ tool }) => tool);
    readings.push(answers[next.name] ?? { tool: next.name, text: 'The call failed: so it is.' });
  }
}

describe('the agent by rules', () => {
  test.each([
    ['Which tasks are overdue, and what should be done about them?', ['list_tasks']],
    ['Was ist überfällig?', ['list_tasks']],
    ['Search my notes for the roses.', ['search_records', 'list_tasks', 'read_source']],
    ['Was steht in meinen Unterlagen über Rosen?', ['search_records', 'list_tasks', 'read_source']],
    ['When could I do the garden next week?', ['search_records', 'list_tasks', 'free_time', 'read_source']],
    [noting, ['search_records', 'list_tasks', 'read_source', 'create_note']],
  ])('looks up for "%s" what it asks about', (intent, calls) => {
    const answers = { list_tasks: tasks, search_records: found, read_source: note };
    expect(callsOf(intent, answers)).toEqual(calls);
  });

  test('searches by the words of the matter, in the project that they name', () => {
    expect(work.reads(sections(noting), [])[0]?.arguments).toMatchObject({ query: 'garden' });
    expect(work.reads(sections(noting), [found])[1]?.arguments).toMatchObject({ projectId: 'p1' });
  });

  test('says what is late, and proposes that it comes first', () => {
    const result = findings.parse(work.finish(sections('What is overdue?'), [tasks]));
    expect(result.report).toContain('- Order seeds: due 2026-11-23, 2 days late, priority medium');
    expect(result.report).not.toContain('Repair the fence');
    expect(result.taskChanges).toMatchObject([{ taskId: ids[0], priority: 'high', status: null }]);
  });

  test('takes a task that is due on a whole day for late from the next day on, where the person is', () => {
    const due = (deadline: string): Reading =>
      said('list_tasks', [{ id: ids[0], title: 'Order seeds', priority: 'medium', deadline }]);
    const [today, yesterday] = ['2026-11-26', '2026-11-25'].map((day) => {
      const result = work.finish(sections('What is overdue?'), [due(`${day}T00:00:00.000Z`)]);
      return findings.parse(result);
    });
    expect(today?.taskChanges).toEqual([]);
    expect(today?.report).not.toContain('Order seeds');
    expect(yesterday?.report).toContain('- Order seeds: due 2026-11-25, 1 day late');
  });

  test('proposes the note where it could not keep it, and none where it has asked to', () => {
    const readings = [found, tasks, note];
    const open = findings.parse(work.finish(sections(noting), readings));
    expect(open.newNotes).toMatchObject([{ projectId: 'p1', content: expect.stringContaining('Repair the fence') }]);
    expect(open.report).toContain('> Roses grow in the garden.');
    const kept = work.finish(sections(noting), [...readings, { tool: 'create_note', text: 'It was not allowed.' }]);
    expect(findings.parse(kept).newNotes).toEqual([]);
  });

  test.each([
    ['Notiere, dass Ute den Pfahl bringt.', 'Ute den Pfahl bringt'],
    ['Note that the key is at the gate.', 'The key is at the gate'],
  ])('keeps what "%s" names', (intent, content) => {
    expect(findings.parse(work.finish(sections(intent), [])).newNotes).toMatchObject([{ content }]);
  });

  test('gives a whole result whatever tools say', () => {
    for (const text of ['', 'null', '[[]]', '[{"id":7}]', '{"title":[]}', 'The call failed.'])
      for (const tool of ['list_tasks', 'search_records', 'read_source', 'get_calendar'])
        expect(() =>
          findings.parse(work.finish(sections('What is overdue in the garden?'), [{ tool, text }])),
        ).not.toThrow();
  });
});
