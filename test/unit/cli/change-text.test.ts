import { describe, expect, it } from 'vitest';
import { describeChanges } from '../../../src/cli/text/change-text.ts';
import type { OperationView } from '../../../src/contract/views.ts';

const base: Omit<OperationView, 'kind' | 'payload' | 'before'> = {
  id: 'one',
  position: 1,
  title: 'Do it',
  reason: '',
  requires: [],
  status: 'proposed',
  error: null,
};

describe('what an operation changes', () => {
  it('is shown field by field, without what stays as it is', () => {
    const before = { title: 'Dig', tags: ['a'], duration_minutes: null, description: 'Same.' };
    const changes = { title: 'Dig deep', tags: ['a', 'b'], durationMinutes: 30, description: 'Same.' };
    expect(describeChanges({ ...base, kind: 'update_task', before, payload: { taskId: 'x', changes } })).toEqual([
      'title: Dig → Dig deep',
      'tags: a → a, b',
      'duration_minutes: – → 30',
    ]);
  });

  it('is shown where the payload itself says it', () => {
    const payload = { taskId: 'x', status: 'cancelled', why: 'Done.' };
    expect(describeChanges({ ...base, kind: 'set_task_status', before: { status: 'pending' }, payload })).toEqual([
      'status: pending → cancelled',
    ]);
  });

  it('names what goes away and what is merged, and keeps long texts short', () => {
    const before = { name: 'Digging', description: null, order: 2 };
    expect(describeChanges({ ...base, kind: 'delete_phase', before, payload: { phaseId: 'x' } })).toEqual([
      'name: Digging → gone',
      'order: 2 → gone',
    ]);
    const merged = [{ id: 'a', title: 'Dig', status: 'pending' }];
    const payload = { keepId: 'x', mergedIds: ['a'], changes: { title: 'a'.repeat(200) } };
    const [title, last] = describeChanges({ ...base, kind: 'merge_tasks', before: { title: 'Old', merged }, payload });
    expect(title?.length).toBeLessThan(80);
    expect(last).toBe('merged: Dig');
  });

  it('is all that something new will say, beside its title and ids', () => {
    const task = {
      taskId: 'x',
      title: 'Dig',
      order: 1,
      description: 'Two spades deep.\nMind the roots.',
      taskSteps: null,
    };
    const facts = { priority: 'high', durationMinutes: 90, startDate: null, deadline: '2026-12-01', tags: [] };
    expect(describeChanges({ ...base, kind: 'create_task', before: null, payload: { ...task, ...facts } })).toEqual([
      'priority: high, duration_minutes: 90, deadline: 2026-12-01',
      'description: Two spades deep. Mind the roots.',
    ]);
    const note = { noteId: 'x', title: 'Soil', content: 'Clay. '.repeat(500), category: 'Garden' };
    const [category, content] = describeChanges({ ...base, kind: 'create_note', before: null, payload: note });
    expect(category).toBe('category: Garden');
    expect(content).toMatch(/^content: Clay\. .{250,300}…$/);
  });
});
