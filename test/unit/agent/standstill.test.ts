import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noticeStandstill, remember } from '../../../workflows/kernel/agent/standstill.ts';

type Call = { readonly call: string; readonly result: string | null };
type Rules = Parameters<typeof noticeStandstill>[1];

/** How a loop that makes these calls ends: by which of them, and why. A result of null is a failed call. */
function play(calls: readonly Call[], rules: Rules = 'now') {
  let recent: Parameters<typeof remember>[0] = [];
  for (const [index, { call, result }] of calls.entries()) {
    recent = remember(recent, { digest: call, ok: result !== null, resultDigest: result ?? `error ${index}` });
    const reason = noticeStandstill(recent, rules);
    if (reason !== null) return { reason, calls: index + 1 };
  }
  return null;
}

const call = fc.record({ call: fc.string({ maxLength: 3 }), result: fc.option(fc.string({ maxLength: 3 })) });

describe('a loop that keeps bringing new results', () => {
  test('is never ended, whatever it repeats in between', () => {
    // At most two calls bring nothing new between two that do.
    const idle = fc.constantFrom('list', 'look', 'recall');
    fc.assert(
      fc.property(fc.array(fc.array(idle, { maxLength: 2 }), { maxLength: 60 }), (stretches) => {
        const calls = stretches.flatMap((repeated, index): readonly Call[] => [
          { call: `read ${index}`, result: `page ${index}` },
          ...repeated.map((name) => ({ call: name, result: `the same ${name}` })),
        ]);
        expect(play(calls)).toBeNull();
      }),
    );
  });

  test('is not ended for looking at its list between the pages that it reads', () => {
    const calls = Array.from({ length: 50 }, (_none, index) =>
      index % 4 === 0 ? { call: 'list', result: 'tasks' } : { call: `read ${index}`, result: `page ${index}` },
    );
    expect(play(calls)).toBeNull();
    // As histories have it in which that was so.
    expect(play(calls, 'before')).toEqual({ reason: 'repeated_calls', calls: 9 });
  });

  test('is not ended while one call brings another result each time', () => {
    expect(play(Array.from({ length: 100 }, (_none, index) => ({ call: 'poll', result: `${index}` })))).toBeNull();
  });
});

describe('a loop that repeats itself', () => {
  test('is ended within two rounds and six calls, however wide its circle', () => {
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 20 }),
        fc.array(call, { minLength: 1, maxLength: 30 }),
        (first, round) => {
          const rounds = Array.from({ length: 40 }, () => round).flat();
          const ended = play([...first, ...rounds]);
          expect(ended).not.toBeNull();
          expect(ended?.calls).toBeLessThanOrEqual(first.length + 2 * round.length + 6);
        },
      ),
    );
  });

  test('is ended by calls that fail, each with another error', () => {
    const calls = Array.from({ length: 20 }, (_none, index) => ({ call: `tool_${index}`, result: null }));
    expect(play(calls)).toEqual({ reason: 'no_progress', calls: 7 });
  });

  test.each([
    ['repeated_calls', 3, ['a']],
    ['ping_pong', 4, ['a', 'b']],
    ['no_progress', 13, ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
  ])('is told that it is %s after %i calls', (reason, calls, round) => {
    const rounds = Array.from({ length: 9 }, () => round).flat();
    expect(play(rounds.map((name) => ({ call: name, result: name })))).toEqual({ reason, calls });
  });
});

describe('the memory of a loop', () => {
  test('stays small, and the same calls leave the same', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 80 }), (calls) => {
        const all = (): ReturnType<typeof remember> =>
          calls.reduce<ReturnType<typeof remember>>(
            (recent, each) =>
              remember(recent, {
                digest: each.call.repeat(50),
                ok: true,
                resultDigest: (each.result ?? '').repeat(50),
              }),
            [],
          );
        expect(JSON.stringify(all()).length).toBeLessThan(10_000);
        expect(all()).toEqual(all());
        expect(all().length).toBeLessThanOrEqual(40);
      }),
    );
  });
});
