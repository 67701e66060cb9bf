import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { offlineModels } from '../../src/models/offline/chat-completions.ts';

export type LoopModel = { readonly url: string; readonly close: () => Promise<void> };

const charsPerToken = 4;
const dayMs = 86_400_000;
const findings = { report: 'Looked at all days.', highlights: [], newTasks: [], newNotes: [], taskChanges: [] };

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** What is called in a turn: the free time of another day each time, so that each result is another; the last turn ends. */
function callOf(turn: number, turns: number): { readonly name: string; readonly arguments: string } {
  if (turn >= turns) return { name: 'finish', arguments: JSON.stringify(findings) };
  const from = new Date(Date.UTC(2027, 0, 1, 6) + turn * dayMs).toISOString();
  return { name: 'free_time', arguments: JSON.stringify({ from, days: 1 }) };
}

/** An endpoint whose model takes so many turns, one call each, and then finishes. */
export async function startLoopModel({ turns }: { readonly turns: number }): Promise<LoopModel> {
  let turn = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') {
        response.end(JSON.stringify({ object: 'list', data: offlineModels.map((id) => ({ id, object: 'model' })) }));
        return;
      }
      turn += 1;
      const call = { id: `call_${turn}`, type: 'function', function: callOf(turn, turns) };
      const message = { role: 'assistant', content: `Turn ${turn}.`, tool_calls: [call] };
      const usage = { prompt_tokens: Math.ceil(body.length / charsPerToken), completion_tokens: 40 };
      const choices = [{ index: 0, finish_reason: 'tool_calls', message }];
      response.end(
        JSON.stringify({
          id: `c-${turn}`,
          object: 'chat.completion',
          created: 0,
          model: 'steward-offline',
          choices,
          usage,
        }),
      );
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
