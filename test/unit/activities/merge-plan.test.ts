import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEdges, planParents } from '../../../activities/records/operations/tasks/merge/plan.ts';
import type { Edge } from '../../../activities/records/operations/tasks/merge/plan.ts';

const ids = Array.from({ length: 8 }, (_, index) => `t${index}`);

/** Dependencies without circles: each task needs only ones of a lower number. */
const edges = fc
  .uniqueArray(fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom('hard' as const, 'soft' as const)), {
    selector: ([task, needs]) => `${Math.max(task, needs)} ${Math.min(task, needs)}`,
  })
  .map((pairs) =>
    pairs
      .filter(([task, needs]) => task !== needs)
      .map(([task, needs, kind]): Edge => {
        return { taskId: `t${Math.max(task, needs)}`, dependsOnId: `t${Math.min(task, needs)}`, kind };
      }),
  );
const merges = fc
  .shuffledSubarray(ids, { minLength: 2, maxLength: 4 })
  .map(([keepId = '', ...mergedIds]) => ({ keepId, mergedIds }));

function hasCircle(graph: readonly Edge[]): boolean {
  let left = graph;
  for (;;) {
    const free = left.filter((edge) => left.some((other) => other.taskId === edge.dependsOnId));
    if (free.length === left.length) return free.length > 0;
    left = free;
  }
}

describe('dependencies of merged tasks', () => {
  it('end up at the kept one without loops, doubles, circles, or anything left at the merged', () => {
    fc.assert(
      fc.property(edges, merges, (before, merge) => {
        const { remove, add } = planEdges(before, merge);
        const after = [...before.filter((edge) => !remove.includes(edge)), ...add];
        const keys = after.map((edge) => `${edge.taskId} ${edge.dependsOnId}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(after.some((edge) => edge.taskId === edge.dependsOnId)).toBe(false);
        expect(hasCircle(after)).toBe(false);
        for (const id of merge.mergedIds)
          expect(after.some((edge) => edge.taskId === id || edge.dependsOnId === id)).toBe(false);
      }),
    );
  });

  it('are all accounted for: kept, doubled, within the merge, or dropped for a circle', () => {
    fc.assert(
      fc.property(edges, merges, (before, merge) => {
        const { remove, add, dropped } = planEdges(before, merge);
        const after = [...before.filter((edge) => !remove.includes(edge)), ...add, ...dropped];
        const to = (id: string): string => (merge.mergedIds.includes(id) ? merge.keepId : id);
        for (const edge of before) {
          const [taskId, dependsOnId] = [to(edge.taskId), to(edge.dependsOnId)];
          if (taskId === dependsOnId) continue;
          expect(after.some((other) => other.taskId === taskId && other.dependsOnId === dependsOnId)).toBe(true);
        }
      }),
    );
  });

  it('become hard when one of two is', () => {
    const soft: Edge = { taskId: 'keep', dependsOnId: 'x', kind: 'soft' };
    const hard: Edge = { taskId: 'gone', dependsOnId: 'x', kind: 'hard' };
    const { remove, add } = planEdges([soft, hard], { keepId: 'keep', mergedIds: ['gone'] });
    expect(remove).toEqual([hard, soft]);
    expect(add).toEqual([{ taskId: 'keep', dependsOnId: 'x', kind: 'hard' }]);
  });
});

describe('subtasks of merged tasks', () => {
  it('go under the kept one, and what stands above it takes the place of the merged', () => {
    const parents = new Map([
      ['gone', 'top'],
      ['between', 'gone'],
      ['keep', 'between'],
      ['child', 'gone'],
    ]);
    expect(planParents(parents, { keepId: 'keep', mergedIds: ['gone'] })).toEqual([
      { id: 'between', parentId: 'top' },
      { id: 'child', parentId: 'keep' },
    ]);
  });

  it('never close a circle', () => {
    const trees = fc
      .array(fc.nat(6), { minLength: 7, maxLength: 7 })
      .map(
        (picks) => new Map(picks.map((pick, index): [string, string] => [`t${index + 1}`, `t${pick % (index + 1)}`])),
      );
    fc.assert(
      fc.property(trees, merges, (parents, merge) => {
        const after = new Map<string, string | null>(parents);
        for (const { id, parentId } of planParents(parents, merge)) after.set(id, parentId);
        for (const id of ids) {
          const seen = new Set<string>();
          for (let at: string | null = id; at !== null; at = after.get(at) ?? null) {
            expect(seen.has(at)).toBe(false);
            seen.add(at);
          }
        }
        for (const [child, parent] of after)
          if (!merge.mergedIds.includes(child)) expect(merge.mergedIds).not.toContain(parent);
      }),
    );
  });
});
