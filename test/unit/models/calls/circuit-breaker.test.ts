import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from '../../../../src/models/calls/circuit-breaker.ts';

function breakerAt(start = 0) {
  let now = start;
  const breaker = createCircuitBreaker(() => now);
  return { breaker, pass: (ms: number) => void (now += ms) };
}

describe('the circuit breaker', () => {
  it('opens after three failures in a row, for that model alone', () => {
    const { breaker } = breakerAt();
    breaker.failed('a');
    breaker.failed('a');
    expect(breaker.waitMs('a')).toBe(0);
    breaker.failed('a');
    expect(breaker.waitMs('a')).toBe(30_000);
    expect(breaker.waitMs('b')).toBe(0);
  });

  it('forgets failures that a success follows', () => {
    const { breaker } = breakerAt();
    breaker.failed('a');
    breaker.failed('a');
    breaker.succeeded('a');
    breaker.failed('a');
    expect(breaker.waitMs('a')).toBe(0);
  });

  it('lets one call try again after 30 s, and the others only when that one succeeded', () => {
    const { breaker, pass } = breakerAt();
    for (let failure = 0; failure < 3; failure += 1) breaker.failed('a');
    pass(30_000);
    expect(breaker.waitMs('a')).toBe(0);
    breaker.started('a');
    expect(breaker.waitMs('a')).toBe(30_000);
    breaker.succeeded('a');
    expect(breaker.waitMs('a')).toBe(0);
  });

  it('lets the others come back soon while one call tries, and late again when that failed', () => {
    const { breaker, pass } = breakerAt();
    for (let failure = 0; failure < 3; failure += 1) breaker.failed('a');
    expect(breaker.askAgainMs('a')).toBe(30_000);
    pass(30_000);
    expect(breaker.askAgainMs('a')).toBe(0);
    breaker.started('a');
    expect(breaker.waitMs('a')).toBe(30_000);
    expect(breaker.askAgainMs('a')).toBe(3_000);
    breaker.failed('a');
    expect(breaker.askAgainMs('a')).toBe(30_000);
  });

  it('opens again at once when the try fails', () => {
    const { breaker, pass } = breakerAt();
    for (let failure = 0; failure < 3; failure += 1) breaker.failed('a');
    pass(30_000);
    breaker.started('a');
    breaker.failed('a');
    expect(breaker.waitMs('a')).toBe(30_000);
  });

  it('waits as long as a provider asks, without counting it as a failure', () => {
    const { breaker, pass } = breakerAt();
    breaker.paused('a', 2_000);
    expect(breaker.waitMs('a')).toBe(2_000);
    pass(2_000);
    breaker.started('a');
    expect(breaker.waitMs('a')).toBe(0);
  });

  it('keeps to a pause that a provider asked for, however calls end that were under way', () => {
    const { breaker, pass } = breakerAt();
    breaker.paused('a', 60_000);
    breaker.failed('a');
    expect(breaker.waitMs('a')).toBe(60_000);
    breaker.succeeded('a');
    expect(breaker.waitMs('a')).toBe(60_000);
    breaker.paused('a', 1_000);
    expect(breaker.waitMs('a')).toBe(60_000);
    pass(60_000);
    expect(breaker.waitMs('a')).toBe(0);
  });

  it('stays open when a call that was under way is only told to wait', () => {
    const { breaker } = breakerAt();
    for (let failure = 0; failure < 3; failure += 1) breaker.failed('a');
    breaker.paused('a', 0);
    expect(breaker.waitMs('a')).toBe(30_000);
  });
});
