import { Command } from 'commander';
import type { Scope } from '../../api/tokens-api.ts';
import { StewardError } from '../../contract/errors.ts';
import { apiCommand, required } from '../command.ts';
import { formatTime, note, print, printJson, printTable } from '../output.ts';

const scopes = ['runs', 'decide', 'records', 'admin'] as const satisfies readonly Scope[];

function readScope(text: string): Scope {
  const scope = scopes.find((known) => known === text);
  if (scope !== undefined) return scope;
  throw new StewardError('invalid_input', `--scope: "${text}" is none of ${scopes.join(', ')}`);
}

type CreateOptions = { readonly scope?: readonly string[]; readonly expires?: string };

function createCommand(): Command {
  return apiCommand<CreateOptions>('create', 'Make a token; it is shown once', async ({ api, json }, args, options) => {
    const made = await api.createToken({
      name: required(args, 0),
      scopes: (options.scope ?? ['runs', 'records']).map(readScope),
      ...(options.expires === undefined ? {} : { expiresAt: options.expires }),
    });
    if (json) printJson(made);
    else print(made.token);
  })
    .argument('<name>', 'what it is for')
    .option('--scope <scopes...>', `${scopes.join(', ')}; runs and records when left out, so that an agent approves nothing`)
    .option('--expires <time>', 'ISO 8601');
}

function listCommand(): Command {
  return apiCommand<object>('list', 'List tokens', async ({ api, json }) => {
    const tokens = await api.listTokens();
    const rows = tokens.map((token) => [token.id, token.name, token.prefix, token.scopes.join(' '), formatTime(token.lastUsedAt)]);
    if (json) printJson(tokens);
    else printTable(['id', 'name', 'prefix', 'scopes', 'last used'], rows, 'No tokens.');
  });
}

function revokeCommand(): Command {
  return apiCommand<object>('revoke', 'End a token', async ({ api }, args) => {
    await api.revokeToken({ id: required(args, 0) });
    note('Revoked.');
  }).argument('<id>');
}

export function tokensCommand(): Command {
  const group = new Command('tokens').description('API tokens: create, list, revoke');
  for (const make of [createCommand, listCommand, revokeCommand]) group.addCommand(make());
  return group;
}
