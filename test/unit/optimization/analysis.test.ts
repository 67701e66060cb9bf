import { describe, expect, test } from 'vitest';
import { findAll } from '../../../workflows/optimization/analysis/find-all.ts';
import type { Finding, FindingKind } from '../../../workflows/optimization/analysis/finding.ts';
import { lookAt } from '../../../workflows/optimization/analysis/look.ts';
import { projectId, taskId, troubledFacts, withTools } from '../../support/troubled/facts.ts';
import { tasks } from '../../support/troubled/records.ts';

const keyOf = new Map(tasks.map((task) => [taskId(task.key), task.key]));

async function find(given: Parameters<typeof troubledFacts>[0] = {}, focus: readonly string[] | null = null) {
  return await withTools((tools) => findAll(lookAt(troubledFacts(given), tools), focus));
}

/** The fixture's keys of the tasks that findings of a kind are first about. */
function concerned(findings: readonly Finding[], kind: FindingKind): readonly string[] {
  return findings
    .filter((finding) => finding.kind === kind)
    .map((finding) => keyOf.get(finding.taskIds[0] ?? '') ?? '')
    .toSorted();
}

describe('the search for trouble', () => {
  test('finds every kind that the records have, and each with the tasks it is about', async () => {
    const found = await find();
    const due = (least: number, most: number) =>
      tasks
        .filter(
          (task) => task.due !== undefined && task.due >= least && task.due <= most && task.status !== 'cancelled',
        )
        .map((task) => task.key);
    expect(concerned(found, 'overdue')).toEqual(due(-400, -1).toSorted());
    expect(concerned(found, 'cancelled_need')).toEqual(['catering']);
    expect(concerned(found, 'blocked')).toEqual(
      expect.arrayContaining(['mover', 'outline', 'laser', 'flyer', 'receipts']),
    );
    expect(concerned(found, 'inversion')).toEqual(expect.arrayContaining(['mover', 'data']));
    expect(concerned(found, 'unplanned')).toEqual(['insurance', 'insurance2', 'internet', 'scores'].toSorted());
    expect(concerned(found, 'oversized')).toEqual(
      ['laube', 'model', 'paint', 'read', 'results', 'discuss', 'shelves'].toSorted(),
    );
    expect(concerned(found, 'late_block')).toEqual(['gift']);
    expect(concerned(found, 'priority')).toEqual(['address', 'backup', 'library', 'pacht', 'supervisor'].toSorted());
    expect(concerned(found, 'stale')).toEqual(
      ['bike', 'dentist', 'doors', 'flyer', 'lamps', 'outline', 'scores2', 'shelves', 'visa', 'zaun'].toSorted(),
    );
    const ofProjects = (kind: FindingKind) =>
      found.filter((each) => each.kind === kind).flatMap((each) => each.projectIds);
    expect(ofProjects('project_over')).toEqual([projectId('space')]);
    expect(ofProjects('empty_project')).toEqual([projectId('blog')]);
  });

  test('takes what says the same for duplicates, and what only sounds alike for what it is', async () => {
    const found = (await find()).filter((finding) => finding.kind === 'duplicate');
    const clusters = found
      .map((finding) =>
        finding.taskIds
          .map((id) => keyOf.get(id) ?? id)
          .toSorted((a, b) => a.localeCompare(b))
          .join(' '),
      )
      .toSorted();
    expect(clusters).toEqual(['address bank', 'receipts receipts2', 'scores scores2']);
    expect(found.find((finding) => finding.taskIds.includes(taskId('bank')))?.evidence['across']).toBe('yes');
  });

  test('names the chain that a task in trouble holds up, root first', async () => {
    const root = (await find()).find((finding) => finding.kind === 'blocked' && finding.taskIds[0] === taskId('mover'));
    expect(root?.evidence['chain']).toEqual(['mover', 'pack', 'load', 'unload', 'clean', 'keys'].map(taskId));
    expect(root?.evidence).toMatchObject({ blockedTasks: 5, rootCause: 'is overdue' });
    expect(root?.severity).toBe('high');
  });

  test('finds weeks with more work than time, and not those with less', async () => {
    const found = (await find()).filter((finding) => finding.kind === 'overload');
    expect(found.length).toBeGreaterThan(0);
    for (const { evidence } of found) expect(evidence['hoursDue']).toBeGreaterThan(Number(evidence['hoursFree']));
    const few = await find({ tasks: tasks.filter((task) => task.key === 'gift' || task.key === 'bus') });
    expect(few.filter((finding) => finding.kind === 'overload')).toEqual([]);
  });

  test('counts days by the option, and looks for nothing but what the focus names', async () => {
    const stale = concerned(await find({ options: { staleDays: 90 } }, ['stale']), 'stale');
    expect(stale).toEqual(['doors', 'shelves', 'zaun']);
    const kinds = new Set((await find({}, ['stale', 'overdue'])).map((finding) => finding.kind));
    expect(kinds).toEqual(new Set(['stale', 'overdue']));
  });

  test('stays within a project where the run is limited to one, across which duplicates reach', async () => {
    const found = await find({ input: { projectId: projectId('flat') } });
    expect(found.length).toBeGreaterThan(5);
    for (const finding of found) expect(finding.projectIds).toContain(projectId('flat'));
    expect(concerned(found, 'overdue')).toEqual(['mover']);
  });

  test('gives each finding a key of its own, the same for the same records, worst first', async () => {
    const [one, other] = [await find(), await find()];
    expect(new Set(one.map((finding) => finding.key)).size).toBe(one.length);
    expect(one).toEqual(other);
    const ranks = one.map((finding) => ['high', 'medium', 'low'].indexOf(finding.severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test('finds nothing in nothing', async () => {
    const facts = { ...troubledFacts({ tasks: [] }), workload: null, workloadContext: null };
    expect(await withTools((tools) => findAll(lookAt(facts, tools), null))).toEqual([]);
  });
});
