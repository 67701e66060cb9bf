import type { McpConfig } from '../config/mcp.ts';
import { loadServers } from '../tools/mcp/load-servers.ts';
import type { McpLog } from '../tools/mcp/connection.ts';
import { openServers } from '../tools/mcp/open-servers.ts';
import type { ToolSource } from '../tools/tool-source.ts';

export type OpenTools = {
  readonly source: ToolSource;
  /** The servers' names; empty without any. */
  readonly servers: readonly string[];
  readonly close: () => Promise<void>;
};

/** The tools of the MCP servers that the file names. None is started before an agent needs one. Throws what is wrong with the file. */
export async function openTools(config: McpConfig, log: McpLog): Promise<OpenTools> {
  const servers = await loadServers(config);
  const source = openServers(servers, { log });
  return { source, servers: servers.map(({ name }) => name), close: async () => await source.close() };
}
