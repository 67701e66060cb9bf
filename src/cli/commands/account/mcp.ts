import { Command } from 'commander';
import type { Scope } from '../../../api/tokens-api.ts';
import { withExample } from '../../command.ts';
import { connectAs } from '../../context.ts';
import type { GlobalOptions } from '../../context.ts';
import { note } from '../../text/output.ts';

type Options = GlobalOptions & { readonly allowDecisions?: boolean };

// `admin` would bring `decide` back.
const withoutDecisions: readonly Scope[] = ['runs', 'records'];

function readReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * `steward mcp`: an MCP server on standard input and output, for agents on this machine. The token that lies in the data
 * directory is the person's own and may do everything; lent to an agent, it doesn't decide unless the person says so.
 */
export function mcpCommand(): Command {
  const command = new Command('mcp')
    .description('Serve MCP on standard input and output: Steward as tools of an agent')
    .option('--allow-decisions', 'let the agent answer and decide in your place, with your own token');
  command.action(async () => {
    const options = command.optsWithGlobals<Options>();
    const { api, ownToken } = await connectAs(options);
    const { scopes: all } = await api.getAccess();
    const restricted = ownToken && options.allowDecisions !== true;
    const scopes = restricted ? withoutDecisions : all;
    const { serveMcpOnStdio } = await import('../../../mcp/serve-stdio.ts');
    const onError = (error: unknown): void => note(`mcp: ${readReason(error)}`);
    await serveMcpOnStdio({ api, scopes, version: command.parent?.version() ?? '0', onError });
  });
  return withExample(command, 'STEWARD_TOKEN=stw_… steward mcp');
}
