import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycle } from '../../../workflows/shared/cycles.ts';
import { OrderGraph } from '../../../src/models/offline/order/graph.ts';
import { readHints } from '../../../src/models/offline/reading/hints.ts';
import { orderOf, planWhole } from './support.ts';

describe('words of order', () => {
  it.each([
    ['Pack boxes after buying boxes', 'Pack boxes', ['buying boxes'], []],
    ['Paint the room before the handover', 'Paint the room', [], ['the handover']],
    ['Deploy (depends on: PR 2, PR 3)', 'Deploy', ['PR 2', 'PR 3'], []],
    ['Once the contract is signed, pay the deposit', 'pay the deposit', ['the contract is signed'], []],
    ['Send the letter after 3 May', 'Send the letter after 3 May', [], []],
    ['Call Tom before Friday', 'Call Tom before Friday', [], []],
    ['Kartons packen nach dem Kauf der Kartons', 'Kartons packen', ['dem Kauf der Kartons'], []],
    ['Move servers (after network is set up)', 'Move servers', ['network is set up'], []],
  ])('in "%s"', (text, ...[core, after, before]) => {
    expect(readHints(text)).toEqual({ core, after, before });
  });

  it('are looked for in one word of 100,000 letters without holding everything up', () => {
    const word = 'w'.repeat(100_000);
    const before = performance.now();
    expect(readHints(word)).toEqual({ core: word, after: [], before: [] });
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe('order between tasks', () => {
  it('follows numbers that tasks are named by', () => {
    const whole = planWhole('- PR 1: Schema\n- PR 2: Reports (requires PR 3)\n- PR 3: Import');
    expect(orderOf(whole, 'hard')).toContain('PR 2: Reports < PR 3: Import');
  });

  it('keeps what is stated when the numbering says otherwise, without a cycle', () => {
    const whole = planWhole('1. Paint the walls after cleaning the room\n2. Clean the room');
    expect(orderOf(whole, 'hard')).toEqual(['Paint the walls < Clean the room']);
    expect(orderOf(whole, 'soft')).toEqual([]);
  });

  it('raises what others wait for', () => {
    const whole = planWhole(
      '- Sign the lease\n- Order desks (after signing the lease)\n- Set up network (after signing the lease)',
    );
    expect(whole.ordering.priorities).toEqual([
      { task: 'p1.t1', priority: 'high', reason: '2 tasks cannot start before it.' },
    ]);
  });

  it('drops what two tasks contradict each other in', () => {
    const whole = planWhole('- Write the text after drawing the pictures\n- Draw the pictures after writing the text');
    expect(findCycle(whole.ordering.dependencies)).toBeNull();
  });
});

describe('a graph of order', () => {
  it('stays free of cycles and repetitions whatever is added', () => {
    const key = fc.integer({ min: 0, max: 12 }).map((number) => `t${number}`);
    const edge = fc.record({
      task: key,
      dependsOn: key,
      kind: fc.constantFrom('hard' as const, 'soft' as const),
      reason: fc.constant(''),
    });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 80 }), (edges) => {
        const graph = new OrderGraph();
        for (const each of edges) graph.add(each);
        expect(findCycle(graph.edges)).toBeNull();
        expect(new Set(graph.edges.map((each) => `${each.task} ${each.dependsOn}`)).size).toBe(graph.edges.length);
      }),
    );
  });
});
