import { describe, expect, it } from 'vitest';
import { StewardError } from '../../../src/contract/errors.ts';
import { toStewardError } from '../../../src/db/errors.ts';
import { outboxDelayMs } from '../../../src/db/outbox.ts';

function failure(fields: object): Error {
  return Object.assign(new Error('it broke'), fields);
}

describe('errors of the database', () => {
  it.each([
    ['ECONNREFUSED', 'unavailable'],
    ['57P01', 'unavailable'],
    ['08006', 'unavailable'],
    ['53300', 'unavailable'],
    ['40P01', 'unavailable'],
    ['23505', 'conflict'],
    ['23503', 'invalid_input'],
    ['23514', 'invalid_input'],
    ['22P02', 'invalid_input'],
    ['42501', 'forbidden'],
    ['ST001', 'invalid_input'],
    ['ST002', 'conflict'],
  ])('%s is %s and keeps its cause', (code, expected) => {
    const cause = failure({ code });
    expect(toStewardError(cause)).toMatchObject({ code: expected, cause });
  });

  it('without a code are known by their words', () => {
    expect(toStewardError(new Error('Connection terminated unexpectedly'))).toMatchObject({ code: 'unavailable' });
  });

  it('that mean a mistake in a query stay what they are', () => {
    const mistake = failure({ code: '42703' });
    expect(toStewardError(mistake)).toBe(mistake);
    const own = new StewardError('not_found', 'none');
    expect(toStewardError(own)).toBe(own);
    expect(toStewardError('text')).toBe('text');
  });
});

describe('the outbox', () => {
  it('waits longer after every failure, at most a minute', () => {
    const delays = Array.from({ length: 50 }, (_, index) => outboxDelayMs(index));
    expect(delays).toEqual([...delays].sort((one, other) => one - other));
    expect(outboxDelayMs(1)).toBe(500);
    expect(outboxDelayMs(2)).toBe(1_000);
    expect(delays.at(-1)).toBe(60_000);
  });
});
