import { join } from 'node:path';
import type { Environment } from './env.ts';
import { readPath } from './reader.ts';
import type { Reader } from './reader.ts';

export type McpConfig = {
  /** The file that names MCP servers whose tools agents may use. */
  readonly file: string;
  /** Whether somebody named the file: then it must be there. */
  readonly named: boolean;
  /** What the file's `${NAME}` stand for. Secret. */
  readonly variables: Environment;
};

export function readMcpConfig(reader: Reader, dataDir: string): McpConfig {
  const file = readPath(reader, 'STEWARD_MCP');
  return { file: file ?? join(dataDir, 'mcp.yaml'), named: file !== null, variables: reader.env };
}
