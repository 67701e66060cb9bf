import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config/config.ts';
import type { TemporalTls } from '../config/temporal.ts';
import { StewardError } from '../contract/errors.ts';
import { createDataConverter } from './data-converter.ts';

/** Which server: `address` from `openTemporal`, the rest as configured. */
export type TemporalTarget = { readonly address: string; readonly config: Pick<Config, 'temporal' | 'payloadKey'> };

export type TemporalClient = {
  readonly client: Client;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
};

export type ConnectOptions = {
  readonly address: string;
  readonly tls: TemporalTls;
  readonly apiKey?: string;
  readonly metadata?: Record<string, string>;
};

/** The options that client and worker connections share. */
export function connectOptions({ address, config }: TemporalTarget): ConnectOptions {
  const { apiKey, metadata, tls } = config.temporal;
  return {
    address,
    tls,
    ...(apiKey === null ? {} : { apiKey }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata: { ...metadata } }),
  };
}

function toClient(connection: Connection, { config }: TemporalTarget): TemporalClient {
  const dataConverter = createDataConverter({ edge: 'client', payloadKey: config.payloadKey });
  const client = new Client({ connection, namespace: config.temporal.namespace, dataConverter });
  return { client, connection, close: async () => await connection.close() };
}

/** A client that connects with its first call, so that a gateway starts while Temporal is away. */
export function createTemporalClient(target: TemporalTarget): TemporalClient {
  return toClient(Connection.lazy(connectOptions(target)), target);
}

/** A client that is connected. Throws `unavailable` when the server doesn't answer within 10 s. */
export async function connectTemporal(target: TemporalTarget): Promise<TemporalClient> {
  try {
    return toClient(await Connection.connect(connectOptions(target)), target);
  } catch (error) {
    const message = `Temporal at ${target.address} doesn't answer: check TEMPORAL_ADDRESS and its TLS settings.`;
    throw new StewardError('unavailable', message, { cause: error });
  }
}
