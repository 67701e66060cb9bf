import { describe, expect, it } from 'vitest';
import { faultOfStatus, readRetryAfter } from '../../../../src/models/client/faults.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

describe('faults of an endpoint', () => {
  it.each([
    ['2', 2_000],
    ['0.5', 500],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', null],
    ['', null],
    [null, null],
  ])('reads Retry-After %j as %j ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });

  it.each([
    [400, 'bad_request'],
    [401, 'not_allowed'],
    [402, 'not_allowed'],
    [403, 'refused'],
    [404, 'unknown_model'],
    [413, 'too_long'],
    [429, 'rate_limited'],
    [500, 'server'],
    [529, 'server'],
  ])('takes status %i for %s', (status, fault) => {
    expect(faultOfStatus(status)).toBe(fault);
  });
});
