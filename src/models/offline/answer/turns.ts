import type { Turn } from '../generic/tools.ts';
import { readRequest } from '../read-request.ts';
import type { ChatRequest } from '../request-body.ts';
import type { Sections } from './answerer.ts';
import { gatherTurn } from './research/gather.ts';

type Turner = (request: ChatRequest, sections: Sections) => Turn;

/** Agents whose next turn hangs on what their calls brought, by the name that their instructions give them. */
const taught: readonly (readonly [string, Turner])[] = [['research.gather', gatherTurn]];

/** The next turn of such an agent; null for all others. */
export function taughtTurn(request: ChatRequest): Turn | null {
  const system = request.messages.find((message) => message.role === 'system' || message.role === 'developer');
  const turner = taught.find(([name]) => system?.text.includes(` ${name}.`))?.[1];
  return turner?.(request, readRequest(request).sections) ?? null;
}
