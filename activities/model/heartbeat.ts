import { Context } from '@temporalio/activity';

const intervalMs = 5_000;

/** Heartbeats while `work` is under way, so that a dead worker is noticed in seconds and a cancellation arrives. */
export async function heartbeating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  // None at once: most calls end before the first is due, and each costs the server as much as a small activity.
  const timer = setInterval(() => context.heartbeat(), intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
