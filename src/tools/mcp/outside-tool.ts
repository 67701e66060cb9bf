import type { Tool } from '@modelcontextprotocol/client';
import type { JsonObject } from '../../contract/json.ts';
import type { OutsideTool } from '../tool-source.ts';
import { argumentCheck } from './check-arguments.ts';
import type { McpConnection } from './connection.ts';
import { toolName } from './tool-name.ts';

const descriptionChars = 1_000;
const schemaChars = 20_000;

function schemaOf(tool: Tool): JsonObject {
  // It came as JSON.
  const schema = tool.inputSchema as JsonObject;
  if (JSON.stringify(schema).length > schemaChars) throw new Error('its schema is too long');
  return schema;
}

// The dialect is for checking; some endpoints refuse it.
function shownSchema({ $schema: _dialect, ...schema }: JsonObject): JsonObject {
  return schema;
}

/**
 * A server's tool as agents may use it. What the file doesn't say of a tool is what is safe: it writes, and the person is
 * asked. What a server says of its own tools is not believed. Throws when its schema can't be used.
 */
export function outsideTool(connection: McpConnection, tool: Tool): OutsideTool {
  const { name: server, defaults, tools } = connection.server;
  const settings = { ...defaults, ...(Object.hasOwn(tools, tool.name) ? tools[tool.name] : {}) };
  const schema = schemaOf(tool);
  return {
    name: toolName(server, tool.name),
    description: (tool.description ?? tool.title ?? tool.name).slice(0, descriptionChars),
    access: settings.access ?? 'write',
    policy: settings.policy ?? 'confirm',
    parameters: shownSchema(schema),
    check: argumentCheck(schema),
    call: async (args, signal) => await connection.call(tool.name, args, signal),
  };
}
