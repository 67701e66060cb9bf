import { createHash } from 'node:crypto';

// What OpenAI-compatible endpoints take as a function's name.
const longest = 64;
const hashChars = 8;

/** What all names of a server's tools begin with. */
export function namePrefix(server: string): string {
  return `${server}__`;
}

/**
 * The name under which models call a server's tool: `<server>__<tool>`. A name that holds other characters than endpoints
 * take, or is too long, is cut and ends in a hash of the original, so that two such names stay two.
 */
export function toolName(server: string, tool: string): string {
  const prefix = namePrefix(server);
  const clean = tool.replaceAll(/[^\w-]/g, '_');
  if (clean === tool && prefix.length + tool.length <= longest) return `${prefix}${tool}`;
  const hash = createHash('sha256').update(tool).digest('hex').slice(0, hashChars);
  return `${`${prefix}${clean}`.slice(0, longest - hashChars - 1)}_${hash}`;
}
