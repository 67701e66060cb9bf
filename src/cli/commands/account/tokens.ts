import { Command, Option } from 'commander';
import type { Scope } from '../../../api/tokens-api.ts';
import { apiCommand, id, required } from '../../command.ts';
import { instant } from '../../flags.ts';
import { formatTime } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

const scopes = ['runs', 'decide', 'records', 'admin'] as const satisfies readonly Scope[];
const columns = [
  { title: 'id' },
  { title: 'name', flexible: true },
  { title: 'scopes' },
  { title: 'prefix', optional: true },
  { title: 'last used', optional: true },
];

type CreateOptions = { readonly scope: readonly Scope[]; readonly expires?: string };

function createCommand(): Command {
  return apiCommand<CreateOptions>({
    name: 'create',
    description: 'Make a token; it is shown once',
    example: 'steward tokens create my-agent --scope runs records',
    run: async ({ api, json }, args, { scope, expires }) => {
      const made = await api.createToken({
        name: required(args, 0, 'name'),
        scopes: scope,
        ...(expires === undefined ? {} : { expiresAt: expires }),
      });
      if (json) printJson(made);
      else print(made.token);
    },
  })
    .argument('<name>', 'what it is for')
    .addOption(
      new Option('--scope <scopes...>', 'what it may do; without "decide" it approves nothing')
        .choices(scopes)
        .default(['runs', 'records'], 'runs records'),
    )
    .option('--expires <time>', 'ISO 8601 with zone', instant);
}

function listCommand(): Command {
  return apiCommand<object>({
    name: 'list',
    description: 'List tokens',
    example: 'steward tokens list',
    run: async ({ api, json }) => {
      const tokens = await api.listTokens();
      const rows = tokens.map((token) => [
        token.id,
        token.name,
        token.scopes.join(' '),
        token.prefix,
        formatTime(token.lastUsedAt),
      ]);
      if (json) printJson(tokens);
      else printTable(columns, rows, 'No tokens.');
    },
  });
}

function revokeCommand(): Command {
  return apiCommand<object>({
    name: 'revoke',
    description: 'End a token',
    example: 'steward tokens revoke 86da923d-679c-4126-a647-2b214d856a7c',
    run: async ({ api, json }, args) => {
      const tokenId = required(args, 0, 'token');
      await api.revokeToken({ id: tokenId });
      if (json) printJson({ revoked: tokenId });
      else note('Revoked.');
    },
  }).argument('<token>', 'id of the token', id);
}

export function tokensCommand(): Command {
  const group = new Command('tokens').description('API tokens: create, list, revoke');
  for (const make of [createCommand, listCommand, revokeCommand]) group.addCommand(make());
  return group;
}
