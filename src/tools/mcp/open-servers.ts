import type { Tool } from '@modelcontextprotocol/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AbsentTools, OutsideTool, ToolSource } from '../tool-source.ts';
import { McpConnection } from './connection.ts';
import type { McpLog } from './connection.ts';
import { reasonOf } from './failed-call.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { McpServer } from './load-servers.ts';
import { outsideTool } from './outside-tool.ts';
import { namePrefix } from './tool-name.ts';

export type McpTools = ToolSource & {
  /** Ends all connections, and with them the processes of servers that are ours. */
  close(): Promise<void>;
};

export type OpenServersOptions = {
  readonly log: McpLog;
  /** How long a turn waits for a server's list; the server may still be there for the next one. */
  readonly listMs?: number;
};

const defaultListMs = 5_000;
// Once it was late, a server is taken if it is there: no loop waits for it at every turn.
const lateListMs = 50;
const mostTools = 200;

type Listed = { readonly tools: readonly OutsideTool[]; readonly absent: readonly AbsentTools[] };

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = async (): Promise<never> => {
    await sleep(ms, undefined, { signal: done.signal });
    throw new Error(`it did not answer within ${ms} ms`);
  };
  try {
    return await Promise.race([promise, late()]);
  } finally {
    done.abort();
  }
}

/** MCP servers as a source of tools: connected to when first asked for, each on its own, so that one that hangs keeps none waiting. */
export function openServers(
  servers: readonly McpServer[],
  { log, listMs = defaultListMs }: OpenServersOptions,
): McpTools {
  const connections = servers.map((server) => new McpConnection(server, log));
  const late = new Set<McpConnection>();
  // A server's list stays the same object until it is asked again: schemas are compiled once.
  const made = new WeakMap<readonly Tool[], readonly OutsideTool[]>();

  function make(connection: McpConnection, tools: readonly Tool[]): readonly OutsideTool[] {
    const known = made.get(tools);
    if (known !== undefined) return known;
    const usable = tools.slice(0, mostTools).flatMap((tool) => {
      try {
        return [outsideTool(connection, tool)];
      } catch (error) {
        const fields = { server: connection.server.name, tool: tool.name, reason: reasonOf(error) };
        log.warn(fields, 'A tool of an MCP server is left out');
        return [];
      }
    });
    made.set(tools, usable);
    return usable;
  }

  async function list(connection: McpConnection): Promise<Listed> {
    try {
      const tools = await within(late.has(connection) ? lateListMs : listMs, connection.tools());
      late.delete(connection);
      return { tools: make(connection, tools), absent: [] };
    } catch (error) {
      late.add(connection);
      const { name, secrets = [] } = connection.server;
      const reason = `the server "${name}" can't be reached: ${hideSecrets(reasonOf(error), secrets)}`;
      return { tools: [], absent: [{ prefix: namePrefix(name), reason }] };
    }
  }

  return {
    async listTools() {
      const lists = await Promise.all(connections.map(list));
      return { tools: lists.flatMap(({ tools }) => tools), absent: lists.flatMap(({ absent }) => absent) };
    },
    async close() {
      await Promise.all(connections.map(async (connection) => await connection.close()));
    },
  };
}
