import { once } from 'node:events';
import { createServer } from 'node:net';

async function listen(port: number): Promise<number | null> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    // Taken, or not ours to take.
    return null;
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : null;
}

/** `preferred` when it is free on loopback, else any free port. Another process may still take it before it is used. */
export async function findFreePort(preferred: number): Promise<number> {
  const port = (await listen(preferred)) ?? (await listen(0));
  if (port === null) throw new Error('No port is free on 127.0.0.1.');
  return port;
}
