import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StewardError } from '../../contract/errors.ts';
import { toStewardError } from '../errors.ts';

export type Subscription = {
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  readonly onReconnect: () => void;
};

const firstDelayMs = 100;
const longestDelayMs = 5_000;

/** One connection for all LISTENs, made at the first and made again whenever it is lost. */
export class PostgresListener {
  readonly #url: string;
  readonly #onError: (error: Error) => void;
  readonly #subscriptions = new Set<Subscription>();
  readonly #closing = new AbortController();
  #client: Promise<pg.Client> | null = null;

  constructor(options: { readonly url: string; readonly onError: (error: Error) => void }) {
    this.#url = options.url;
    this.#onError = options.onError;
  }

  /** Resolves once notifications arrive; throws `unavailable` when the server can't be reached at first. */
  async subscribe(subscription: Subscription): Promise<() => Promise<void>> {
    if (this.#closing.signal.aborted) throw new StewardError('unavailable', 'The database is closed.');
    this.#subscriptions.add(subscription);
    try {
      const client = await (this.#client ??= this.#connect());
      await client.query(`listen ${pg.escapeIdentifier(subscription.channel)}`);
    } catch (error) {
      this.#subscriptions.delete(subscription);
      throw toStewardError(error);
    }
    return () => this.#unsubscribe(subscription);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#subscriptions.clear();
    const client = await this.#client?.catch(() => null);
    await client?.end();
  }

  async #unsubscribe(subscription: Subscription): Promise<void> {
    this.#subscriptions.delete(subscription);
    if ([...this.#subscriptions].some((other) => other.channel === subscription.channel)) return;
    // On a lost connection there is nothing left to end.
    const client = await this.#client?.catch(() => null);
    await client?.query(`unlisten ${pg.escapeIdentifier(subscription.channel)}`).catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'steward-listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    let connected = false;
    client.on('error', this.#onError);
    client.on('end', () => {
      if (connected) void this.#reconnect();
    });
    client.on('notification', ({ channel, payload }) => {
      for (const one of this.#subscriptions) if (one.channel === channel) one.onMessage(payload ?? '');
    });
    try {
      await client.connect();
      connected = true;
      return client;
    } catch (error) {
      this.#client = null;
      throw error;
    }
  }

  async #reconnect(): Promise<void> {
    for (let delayMs = firstDelayMs; !this.#closing.signal.aborted; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      try {
        this.#client = this.#connect();
        const client = await this.#client;
        for (const channel of new Set([...this.#subscriptions].map((one) => one.channel))) {
          await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        }
        for (const one of this.#subscriptions) one.onReconnect();
        return;
      } catch {
        await sleep(delayMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
