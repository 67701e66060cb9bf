import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { closingKey } from './create-gateway.ts';

export type ServeOptions = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** How long requests that are being answered may take when the server closes. */
  readonly drainMs?: number;
};
export type ServedGateway = { readonly url: string; readonly port: number; close(): Promise<void> };

const defaultDrainMs = 10_000;
const checkMs = 50;

function urlOf(host: string, port: number): string {
  // An address that means "all" is no address to call.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  server.listen({ host, port });
  // `once` rejects when the server emits 'error' first (EADDRINUSE, EACCES).
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function endStreams(app: Express): void {
  const closing: unknown = app.locals[closingKey];
  if (closing instanceof AbortController) closing.abort();
}

/** Stops accepting, ends the streams, waits for what is being answered, then cuts what is left. */
async function drain(server: Server, app: Express, drainMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  endStreams(app);
  const deadline = Date.now() + drainMs;
  while (Date.now() < deadline) {
    server.closeIdleConnections();
    const isClosed = await Promise.race([closed.then(() => true), sleep(checkMs, false)]);
    if (isClosed) return;
  }
  server.closeAllConnections();
  await closed;
}

/**
 * Serves a gateway on an address. Rejects with Node's own error when the port is taken (`EADDRINUSE`). `close` resolves once
 * the last connection is gone; calling it again waits for the same.
 */
export async function serveGateway(app: Express, options: ServeOptions): Promise<ServedGateway> {
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    app,
  );
  server.maxHeadersCount = 100;
  const port = await listen(server, options);
  let closing: Promise<void> | null = null;
  return {
    url: urlOf(options.host, port),
    port,
    close() {
      closing ??= drain(server, app, options.drainMs ?? defaultDrainMs);
      return closing;
    },
  };
}
