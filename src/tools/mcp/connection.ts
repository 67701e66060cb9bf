import { Client } from '@modelcontextprotocol/client';
import type { Tool } from '@modelcontextprotocol/client';
import type { JsonObject } from '../../contract/json.ts';
import type { OutsideResult } from '../tool-source.ts';
import { failedCall, forgotSession, reasonOf } from './failed-call.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { McpServer } from './load-servers.ts';
import { openTransport } from './open-transport.ts';
import { resultText } from './result-text.ts';

export interface McpLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

// `npx` may fetch a server first.
const connectMs = 30_000;
// A server that failed is left alone for a while, so that a loop's turns don't wait for it again and again.
const pauseMs = 10_000;
const listedForMs = 5 * 60_000;

type Failure = { readonly at: number; readonly error: unknown };
type Listed = { readonly at: number; readonly tools: Promise<readonly Tool[]> };

function withLastWords(error: unknown, words: string): string {
  const last = words.split('\n').at(-1) ?? '';
  return last === '' ? reasonOf(error) : `${reasonOf(error)} (it said: ${last})`;
}

/** A server that is connected to when it is needed, and again when the connection was lost. */
export class McpConnection {
  readonly server: McpServer;
  private readonly log: McpLog;
  private connecting: Promise<Client> | null = null;
  private current: Client | null = null;
  private listed: Listed | null = null;
  private failure: Failure | null = null;
  private readonly closing = new AbortController();

  constructor(server: McpServer, log: McpLog) {
    this.server = server;
    this.log = log;
  }

  /** What the server offers, asked for at most every five minutes. Throws when it can't be reached. */
  async tools(): Promise<readonly Tool[]> {
    const { listed } = this;
    if (listed !== null && Date.now() - listed.at < listedForMs) return await listed.tools;
    const asked: Listed = { at: Date.now(), tools: this.ask() };
    this.listed = asked;
    // A list that failed is asked for again.
    asked.tools.catch(() => this.forgetList(asked));
    return await asked.tools;
  }

  /** Calls a tool. Connects again where that is needed, but never sends a call twice that may have arrived. */
  async call(name: string, args: JsonObject, signal: AbortSignal): Promise<OutsideResult> {
    const first = await this.tryCall(name, args, signal);
    const again = first.kind === 'forgotten' ? await this.tryCall(name, args, signal) : first;
    return again.kind === 'forgotten' ? { kind: 'refused', reason: 'the server knows no session' } : again;
  }

  /** Ends the connection, and the server's process where it is ours. */
  async close(): Promise<void> {
    this.closing.abort(new Error('Steward is stopping'));
    const client = await this.connecting?.catch(() => null);
    await client?.close();
  }

  private async ask(): Promise<readonly Tool[]> {
    const client = await this.connected();
    if (client.getServerCapabilities()?.tools === undefined) return [];
    const { tools } = await client.listTools(undefined, { timeout: this.server.timeoutMs });
    return tools;
  }

  private async tryCall(
    name: string,
    args: JsonObject,
    signal: AbortSignal,
  ): Promise<OutsideResult | { readonly kind: 'forgotten' }> {
    let client: Client;
    try {
      client = await this.connected();
      signal.throwIfAborted();
    } catch (error) {
      return { kind: 'refused', reason: this.hide(reasonOf(error)) };
    }
    const { timeoutMs } = this.server;
    try {
      const result = await client.callTool(
        { name, arguments: { ...args } },
        { signal, timeout: timeoutMs, maxTotalTimeout: timeoutMs },
      );
      return { kind: 'answered', ok: result.isError !== true, content: resultText(result) };
    } catch (error) {
      if (!forgotSession(error)) return failedCall(error, (text) => this.hide(text));
      this.forget(client);
      await client.close().catch(() => undefined);
      return { kind: 'forgotten' };
    }
  }

  private async connected(): Promise<Client> {
    this.closing.signal.throwIfAborted();
    const { failure } = this;
    if (failure !== null && Date.now() - failure.at < pauseMs) throw failure.error;
    this.connecting ??= this.connect();
    return await this.connecting;
  }

  private async connect(): Promise<Client> {
    const { name, transport: to } = this.server;
    const { transport, lastWords } = await openTransport(to);
    // Asking for the protocol's newest version first would start a process twice.
    const versionNegotiation = to.kind === 'http' ? { versionNegotiation: { mode: 'auto' as const } } : {};
    const tools = { autoRefresh: false, onChanged: () => this.forgetList(this.listed) };
    const client = new Client({ name: 'steward', version: '1' }, { listChanged: { tools }, ...versionNegotiation });
    try {
      await client.connect(transport, { timeout: connectMs, signal: this.closing.signal });
    } catch (error) {
      const failure = new Error(this.hide(withLastWords(error, lastWords())));
      this.connecting = null;
      this.failure = { at: Date.now(), error: failure };
      this.log.warn({ server: name, reason: failure.message }, 'An MCP server is not there');
      await transport.close().catch(() => undefined);
      throw failure;
    }
    const onclose = (): void => {
      this.forget(client);
      if (!this.closing.signal.aborted)
        this.log.warn({ server: name, said: this.hide(lastWords()) }, 'The connection to an MCP server was lost');
    };
    // The SDK's clients have no listeners, only this property.
    Object.assign(client, { onclose });
    this.current = client;
    this.failure = null;
    this.log.info({ server: name }, 'Connected to an MCP server');
    return client;
  }

  private hide(text: string): string {
    return hideSecrets(text, this.server.secrets ?? []);
  }

  // One that was replaced meanwhile takes nothing with it.
  private forget(client: Client): void {
    if (this.current !== client) return;
    this.current = null;
    this.connecting = null;
    this.listed = null;
  }

  private forgetList(listed: Listed | null): void {
    if (this.listed === listed) this.listed = null;
  }
}
