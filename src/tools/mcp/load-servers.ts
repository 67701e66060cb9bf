import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { invalidInput, StewardError } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import { checkYaml, parseYaml } from '../../files/yaml-file.ts';
import type { YamlFile } from '../../files/yaml-file.ts';
import { serversFile } from './servers-file.ts';
import type { ServerEntry, ToolSettings } from './servers-file.ts';

/** How to reach a server. Secrets are filled in. */
export type McpTransport =
  | {
      readonly kind: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd: string | null;
    }
  | { readonly kind: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> };

export type McpServer = {
  readonly name: string;
  readonly transport: McpTransport;
  readonly timeoutMs: number;
  readonly defaults: ToolSettings;
  /** By the names that the server itself uses. */
  readonly tools: Readonly<Record<string, ToolSettings>>;
  /** Values that came from the environment: nothing that is logged or told holds them. */
  readonly secrets?: readonly string[];
};

export type ServersSource = {
  readonly file: string;
  /** Whether the file must be there. */
  readonly named: boolean;
  readonly variables: Readonly<Record<string, string>>;
};

/** Fills `${NAME}` in, and notes the names that are not set. */
class Filler {
  readonly problems: Problem[] = [];
  readonly filled = new Set<string>();
  private readonly yaml: YamlFile;
  private readonly variables: ServersSource['variables'];

  constructor(yaml: YamlFile, variables: ServersSource['variables']) {
    this.yaml = yaml;
    this.variables = variables;
  }

  text(path: readonly PropertyKey[], value: string): string {
    return value.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => {
      const found = this.variables[name];
      if (found === undefined)
        this.note(path, `the environment variable ${name} is not set: set it, or write the value itself`);
      else this.filled.add(found);
      return found ?? '';
    });
  }

  texts(path: readonly PropertyKey[], values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, this.text([...path, key], value)]));
  }

  note(path: readonly PropertyKey[], message: string): void {
    this.problems.push({ path: this.yaml.place(path), message });
  }
}

function readUrl(filler: Filler, path: readonly PropertyKey[], value: string): string {
  const url = filler.text(path, value);
  const protocol = URL.parse(url)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:') filler.note(path, 'expected an address like https://host/mcp');
  return url;
}

function transportOf(entry: ServerEntry, { name, filler, file }: { name: string; filler: Filler; file: string }) {
  const at = (...path: readonly PropertyKey[]): readonly PropertyKey[] => ['servers', name, ...path];
  const { command, args = [], env = {}, cwd, url = '', headers = {} } = entry;
  if (command === undefined)
    return {
      kind: 'http',
      url: readUrl(filler, at('url'), url),
      headers: filler.texts(at('headers'), headers),
    } as const;
  return {
    kind: 'stdio',
    command: filler.text(at('command'), command),
    args: args.map((arg, index) => filler.text(at('args', index), arg)),
    env: filler.texts(at('env'), env),
    cwd: cwd === undefined ? null : resolve(dirname(file), filler.text(at('cwd'), cwd)),
  } as const;
}

async function readText({ file, named }: ServersSource): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!named && error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const message = `STEWARD_MCP: ${file} can't be read; name a readable file, or leave the setting out.`;
    throw new StewardError('invalid_input', message, { cause: error });
  }
}

/**
 * The MCP servers that a file names; none where nobody named the file and it isn't there. Throws `invalid_input` with
 * `file:line:field` for everything that is wrong with it. No message holds the value of a variable.
 */
export async function loadServers(source: ServersSource): Promise<readonly McpServer[]> {
  const text = await readText(source);
  if (text === null) return [];
  const yaml = parseYaml(source.file, text);
  const { servers } = checkYaml(yaml, serversFile);
  const filler = new Filler(yaml, source.variables);
  const found = Object.entries(servers).map(([name, entry]) => {
    const transport = transportOf(entry, { name, filler, file: source.file });
    const { defaults, tools, timeoutSeconds } = entry;
    return { name, transport, timeoutMs: timeoutSeconds * 1_000, defaults, tools };
  });
  if (filler.problems.length > 0) throw invalidInput(filler.problems);
  const secrets = [...filler.filled];
  return found.map((server) => ({ ...server, secrets }));
}
