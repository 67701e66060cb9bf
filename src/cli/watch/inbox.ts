import type { StewardApi } from '../../api/steward-api.ts';
import { StewardError } from '../../contract/errors.ts';
import type { RequestView } from '../../contract/views.ts';
import { askDecision } from '../ask/decision.ts';
import { askQuestions } from '../ask/questions.ts';
import type { Terminal } from '../ask/terminal.ts';
import { Cancelled } from '../usage-error.ts';
import type { Screen } from './screen.ts';

type InboxParts = {
  readonly api: Pick<StewardApi, 'answerRequest' | 'decideRequest' | 'getProposal'>;
  readonly terminal: Terminal;
  readonly screen: Screen;
  /** Called when the person presses Ctrl-C in a question: they want to go, not to answer. */
  readonly leave: () => void;
};

export type Inbox = {
  /** Asks, after whatever is being asked. */
  readonly opened: (request: RequestView) => void;
  /** Takes the question back when somebody else has answered it. */
  readonly closed: (requestId: string) => void;
  /** Takes back what is still asked, and waits until the terminal is free. */
  readonly end: () => Promise<void>;
};

async function send({ api }: InboxParts, request: RequestView, terminal: Terminal): Promise<void> {
  if (request.kind !== 'approval') {
    await api.answerRequest({ requestId: request.id, value: await askQuestions(terminal, request.questions) });
    return;
  }
  if (request.proposalId === null) return;
  const decision = await askDecision(terminal, await api.getProposal({ proposalId: request.proposalId }));
  if (decision !== null) await api.decideRequest({ requestId: request.id, ...decision });
}

// Refused, because it was answered elsewhere meanwhile or does not fit: the run goes on, so the watching does too.
function messageOf(error: unknown): string {
  if (error instanceof StewardError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** Asks the requests of a watched run one after the other, on the terminal. */
export function createInbox(parts: InboxParts): Inbox {
  const { screen, leave } = parts;
  const open = new Map<string, AbortController>();
  let asking = Promise.resolve();

  async function ask(request: RequestView, { signal }: AbortController): Promise<void> {
    if (signal.aborted) return;
    screen.hold();
    try {
      await send(parts, request, { ...parts.terminal, signal });
    } catch (error) {
      if (!(error instanceof Cancelled)) screen.note(messageOf(error));
      else if (!signal.aborted) leave();
    } finally {
      open.delete(request.id);
      screen.release();
    }
  }

  return {
    opened: (request) => {
      const control = new AbortController();
      open.set(request.id, control);
      asking = asking.then(async () => await ask(request, control));
    },
    closed: (requestId) => open.get(requestId)?.abort(),
    end: async () => {
      for (const control of open.values()) control.abort();
      await asking;
    },
  };
}
