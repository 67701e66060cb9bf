import { eventChannel } from '../../../db/runs/run-events.ts';
import { createWake } from './wake.ts';
import type { Wake } from './wake.ts';

/** Listens to a channel of the database; resolves to what ends it. */
export interface Listening {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
}

export type Subscription = { readonly wake: Wake; close(): void };

/** One listener of the process, fanned out to all who watch. */
export interface EventHub {
  /** `key` is a run's or a user's id: whoever watches is woken by notifications that name it. */
  subscribe(key: string): Subscription;
  close(): Promise<void>;
}

/**
 * Opens the hub; it listens from the first subscription on. `onTrouble` hears of a listener that can't be had: watchers
 * then live by their own poll until the next subscription tries again.
 */
export function createEventHub(database: Listening, onTrouble: (error: unknown) => void): EventHub {
  const watchers = new Set<{ readonly key: string; readonly wake: Wake }>();
  let listening: Promise<() => Promise<void>> | null = null;

  // The payload names run and user; a substring test serves any shape of it, and a wake too many does no harm.
  function onMessage(payload: string): void {
    for (const { key, wake } of watchers) if (payload.includes(key)) wake.raise();
  }

  async function listen(): Promise<void> {
    listening ??= database.listen(eventChannel, onMessage);
    const attempt = listening;
    try {
      await attempt;
    } catch (error) {
      if (listening === attempt) listening = null;
      onTrouble(error);
    }
  }

  return {
    subscribe(key) {
      const watcher = { key, wake: createWake() };
      watchers.add(watcher);
      // The first look may come before the listener is up; it is looked again once it is.
      void listen().then(() => watcher.wake.raise());
      return { wake: watcher.wake, close: () => void watchers.delete(watcher) };
    },
    async close() {
      const open = listening;
      listening = null;
      for (const { wake } of watchers) wake.raise();
      if (open === null) return;
      const end = await open.catch(() => null);
      await end?.();
    },
  };
}
