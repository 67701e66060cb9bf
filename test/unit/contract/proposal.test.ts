import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOperations, withoutOperations } from '../../../src/contract/proposal.ts';
import type { OperationOutline } from '../../../src/contract/proposal.ts';

/** Outlines without cycles: each may require only earlier ones. */
const outlines: fc.Arbitrary<readonly OperationOutline[]> = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { maxLength: 20 })
  .map((rows) =>
    rows.map((row, index) => ({
      id: `op${String(index)}`,
      requires: index === 0 ? [] : [...new Set(row.map((number) => `op${String(number % index)}`))],
    })),
  );
const withRefusals = fc.tuple(outlines, fc.array(fc.nat({ max: 25 }), { maxLength: 6 })).map(([all, picks]) => ({
  all,
  refused: picks.filter((pick) => pick < all.length).map((pick) => `op${String(pick)}`),
}));

describe('choosing operations of a proposal', () => {
  it('leaves a set that can be accepted, whatever is refused', () => {
    fc.assert(
      fc.property(withRefusals, ({ all, refused }) => {
        const left = withoutOperations(all, refused);
        expect(chooseOperations(all, { operations: left })).toEqual({ ok: true, value: left });
        for (const id of refused) expect(left).not.toContain(id);
      }),
    );
  });

  it('takes out no more than what depends on a refused one', () => {
    fc.assert(
      fc.property(withRefusals, ({ all, refused }) => {
        const left = new Set(withoutOperations(all, refused));
        for (const outline of all) {
          const mustGo = refused.includes(outline.id) || outline.requires.some((id) => !left.has(id));
          expect(left.has(outline.id)).toBe(!mustGo);
        }
      }),
    );
  });

  it('never adds to or drops from what the person chose', () => {
    fc.assert(
      fc.property(withRefusals, ({ all, refused }) => {
        const checked = chooseOperations(all, { operations: refused });
        if (checked.ok) expect([...checked.value].sort()).toEqual([...new Set(refused)].sort());
        else expect(checked.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it('accepts all in their order when nothing is named', () => {
    const all = [
      { id: 'a', requires: [] },
      { id: 'b', requires: ['a'] },
    ];
    expect(chooseOperations(all)).toEqual({ ok: true, value: ['a', 'b'] });
    expect(chooseOperations(all, { operations: ['b', 'a'] })).toEqual({ ok: true, value: ['a', 'b'] });
    expect(chooseOperations(all, { operations: [] })).toEqual({ ok: true, value: [] });
  });

  it('names the operation that is missing its requirement, and the unknown one', () => {
    const all = [
      { id: 'a', requires: [] },
      { id: 'b', requires: ['a'] },
    ];
    expect(chooseOperations(all, { operations: ['b', 'z'] })).toEqual({
      ok: false,
      problems: [
        { path: 'operations', message: 'b needs a: accept those too, or leave b out' },
        { path: 'operations', message: 'z is not an operation of this proposal' },
      ],
    });
  });
});
