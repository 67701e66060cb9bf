import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createInbox } from '../../../src/cli/watch/inbox.ts';
import { createScreen } from '../../../src/cli/watch/screen.ts';
import { StewardError } from '../../../src/contract/errors.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { RequestView } from '../../../src/contract/views.ts';

function request(id: string): RequestView {
  const open = { status: 'open', kind: 'clarification', onDeadline: 'default' } as const;
  const nothing = { schema: null, proposalId: null, digest: null, deadline: null, answer: null, decision: null };
  const asked = {
    key: 'size',
    question: `How big is ${id}?`,
    why: '',
    kind: 'number',
    options: [],
    default: null,
  } as const;
  const run = { id, runId: 'run', runName: 'Run', title: id, body: null, comment: null, closedAt: null };
  return {
    ...run,
    ...open,
    ...nothing,
    questions: [asked],
    createdAt: '2026-11-21T00:00:00.000Z',
  };
}

function setUp(answerRequest: (given: { requestId: string; value: Json }) => Promise<void>) {
  const input = new PassThrough();
  const output = new PassThrough();
  const lines: string[] = [];
  let asked = '';
  output.on('data', (part: Buffer) => (asked += part.toString()));
  const screen = createScreen({ print: (line) => lines.push(line), note: (line) => lines.push(line) });
  let left = 0;
  const inbox = createInbox({
    api: {
      answerRequest: async (given) => {
        await answerRequest(given);
        return { accepted: true, duplicate: false };
      },
      decideRequest: async () => await Promise.reject(new Error('nothing to decide here')),
      getProposal: async () => await Promise.reject(new Error('no proposal here')),
    },
    terminal: { input, output },
    screen,
    leave: () => (left += 1),
  });
  const until = async (text: string): Promise<void> => {
    while (!asked.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { inbox, input, screen, lines, until, left: () => left };
}

describe('the inbox of a watched run', () => {
  test('asks one request after the other and sends each answer to its own request', async () => {
    const sent: unknown[] = [];
    const { inbox, input, until } = setUp(async (given) => void sent.push(given));
    inbox.opened(request('room'));
    inbox.opened(request('garden'));
    await until('How big is room?');
    input.write('12\r');
    await until('How big is garden?');
    input.write('40\r');
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await inbox.end();
    expect(sent).toEqual([
      { requestId: 'room', value: { size: '12' } },
      { requestId: 'garden', value: { size: '40' } },
    ]);
  });

  test('holds the lines of the run while a question is open', async () => {
    const { inbox, input, screen, lines, until } = setUp(async () => undefined);
    inbox.opened(request('room'));
    await until('How big is room?');
    screen.print('a step');
    expect(lines).toEqual([]);
    input.write('3\r');
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines).toEqual(['a step']);
    await inbox.end();
  });

  test('takes a question back that was answered elsewhere, without sending or leaving', async () => {
    const sent: unknown[] = [];
    const { inbox, until, left } = setUp(async (given) => void sent.push(given));
    inbox.opened(request('room'));
    await until('How big is room?');
    inbox.closed('room');
    await inbox.end();
    expect({ sent, left: left() }).toEqual({ sent: [], left: 0 });
  });

  test('leaves on Ctrl-C without sending', async () => {
    const sent: unknown[] = [];
    const { inbox, input, until, left } = setUp(async (given) => void sent.push(given));
    inbox.opened(request('room'));
    await until('How big is room?');
    input.write('4\u0003');
    while (left() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await inbox.end();
    expect({ sent, left: left() }).toEqual({ sent: [], left: 1 });
  });

  test('says why an answer was refused, and goes on', async () => {
    const { inbox, input, lines, until } = setUp(async () => {
      throw new StewardError('no_open_request', 'It was answered already.');
    });
    inbox.opened(request('room'));
    await until('How big is room?');
    input.write('5\r');
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines).toEqual(['no_open_request: It was answered already.']);
    await inbox.end();
  });
});
