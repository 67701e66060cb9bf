import type { Wake } from './wake.ts';

export type Followed<Item, Position> = {
  /** Items after a position, oldest first, at most a batch; none when there are no more. */
  readonly read: (after: Position) => Promise<readonly Item[]>;
  readonly positionOf: (item: Item) => Position;
  readonly from: Position;
  readonly wake: Wake;
  readonly signal: AbortSignal;
  /** How long to trust that nothing happened without a wake, in ms. */
  readonly pollMs: number;
};

// A wake may come while an older transaction is still open, and what it tells of is shown only after that one ends: look
// again soon, a few times, before trusting the poll.
const soonMs = [10, 20, 40, 80, 160] as const;

/**
 * Everything after a position, past and to come, each item once and in order, until the signal aborts. Only what was read
 * moves the position, and a wake merely says "look again", so a lost or doubled notification costs time at most.
 */
export async function* follow<Item, Position>(source: Followed<Item, Position>): AsyncGenerator<Item, void, undefined> {
  const { read, positionOf, wake, signal, pollMs } = source;
  let position = source.from;
  let looks: number = soonMs.length;
  while (!signal.aborted) {
    const batch = await read(position);
    for (const item of batch) {
      if (signal.aborted) return;
      position = positionOf(item);
      yield item;
    }
    if (batch.length > 0) continue;
    const woken = await wake.wait(soonMs[looks] ?? pollMs, signal);
    looks = woken ? 0 : looks + 1;
  }
}
