import { z } from 'zod';

// Two underscores part server and tool in a tool's name; 64 characters is what models' endpoints take.
const serverName = z
  .string()
  .regex(
    /^[a-z](?:_?[a-z0-9-]){0,23}$/,
    'expected a name of small letters, digits, "-" and single "_", at most 24 long',
  );

const toolSettings = z.strictObject({
  policy: z.enum(['auto', 'confirm', 'deny'], 'expected auto, confirm or deny').exactOptional(),
  access: z.enum(['read', 'write'], 'expected read or write').exactOptional(),
});
export type ToolSettings = z.infer<typeof toolSettings>;

const text = z.string('expected a text').min(1, 'expected a text');
const texts = z.record(z.string(), z.coerce.string());
const seconds = 'expected a whole number from 1 to 120';
const onlyStdio = ['args', 'env', 'cwd'] as const;

const server = z
  .strictObject({
    command: text.exactOptional(),
    args: z.array(z.coerce.string(), 'expected a list of texts').exactOptional(),
    env: texts.exactOptional(),
    cwd: text.exactOptional(),
    url: text.exactOptional(),
    headers: texts.exactOptional(),
    timeoutSeconds: z.int(seconds).min(1, seconds).max(120, seconds).default(30),
    defaults: toolSettings.default({}),
    tools: z.record(z.string(), toolSettings).default({}),
  })
  .superRefine((value, context) => {
    const complain = (path: readonly string[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    if ((value.command === undefined) === (value.url === undefined))
      complain([], 'name either a command (a server of this machine) or a url (one over HTTP)');
    if (value.command === undefined)
      for (const field of onlyStdio) if (value[field] !== undefined) complain([field], 'only goes with a command');
    if (value.url === undefined && value.headers !== undefined) complain(['headers'], 'only go with a url');
  });

/** `mcp.yaml`: MCP servers by name. */
export const serversFile = z.strictObject({ servers: z.record(serverName, server).default({}) });
export type ServersFile = z.infer<typeof serversFile>;
export type ServerEntry = ServersFile['servers'][string];
