import type { Patterns } from '../shapes.ts';
import { toMinutes } from './time-windows.ts';
import type { TimedEvent } from './timed-events.ts';

// Less than this is no break: one leaves a room and enters the next.
const breakMs = 10 * 60_000;
const shortestChain = 3;

/** Three meetings and more without a break of more than ten minutes, in time order. `meetings` by start. */
export function chainsOf(meetings: readonly TimedEvent[]): Patterns['chains'] {
  const chains: { startMs: number; endMs: number; meetings: number }[] = [];
  for (const { startMs, endMs } of meetings) {
    const last = chains.at(-1);
    if (last === undefined || startMs > last.endMs + breakMs) {
      chains.push({ startMs, endMs, meetings: 1 });
      continue;
    }
    last.endMs = Math.max(last.endMs, endMs);
    last.meetings += 1;
  }
  return chains
    .filter((chain) => chain.meetings >= shortestChain)
    .map(({ startMs, endMs, meetings: count }) => ({
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
      meetings: count,
      minutes: toMinutes(endMs - startMs),
    }));
}
