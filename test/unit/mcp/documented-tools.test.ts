import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { allMcpTools } from '../../../src/mcp/tools/all-tools.ts';

/** Tools of the table in docs/mcp.md, each with the scopes of its row, as `scope tool`. */
async function documented(): Promise<readonly string[]> {
  const text = await readFile(new URL('../../../docs/mcp.md', import.meta.url), 'utf8');
  const [, table = ''] = /\n\| scope +\| tools +\|\n\|[- |]+\n((?:\|.*\n)+)/.exec(text) ?? [];
  return table.split('\n').flatMap((line) => {
    const [, scope = '', tools = ''] = line.split('|');
    return [...tools.matchAll(/`(\w+)`/g)].map(([, name = '']) => `${scope.replaceAll('`', '').trim()} ${name}`);
  });
}

test('the MCP page lists every tool under the scopes that it needs, and no other', async () => {
  const scopesOf = (scopes: readonly string[]): string => (scopes.length === 0 ? 'any' : scopes.join(' or '));
  const real = allMcpTools.map(({ name, scopes }) => `${scopesOf(scopes)} ${name}`);
  expect((await documented()).toSorted()).toEqual(real.toSorted());
});
