import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byTurn, compactTranscript, countWhole } from '../../../activities/model/agent/compact.ts';
import type { Past } from '../../../activities/model/agent/compact.ts';
import type { Entry } from '../../../activities/tools/transcript.ts';
import { estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import type { ChatMessage } from '../../../src/models/model-service.ts';

function entry(message: ChatMessage): Entry {
  const calls = message.role === 'assistant' ? JSON.stringify(message.toolCalls) : '';
  return { message, tokens: estimateTokens(`${message.content ?? ''}${calls}`) };
}

const rules = 'Work with tools.';
const goal = '<section name="intent">\nLook after the garden.\n</section>';
const opening = [entry({ role: 'system', content: rules }), entry({ role: 'user', content: goal })];

// Words, numbers, hashes, and scripts of which a sign may take three tokens; long ones too.
const piece = fc.oneof(
  fc.constantFrom(
    'rose ',
    '0123456789',
    'aGVsbG8xMjM0NTY3ODkw',
    '园丁在花园里工作',
    '🌷🌹',
    ' \n',
    '"}]',
    '</section>',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc
  .tuple(fc.array(piece, { maxLength: 6 }), fc.constantFrom(1, 1, 3, 50, 2_000))
  .map(([pieces, times]) => pieces.join('').repeat(times));
const words = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
const turnContent = fc.record({ said: words, results: fc.array(text, { maxLength: 6 }), told: fc.boolean() });
const past: fc.Arbitrary<Past> = fc.record({
  lines: fc.array(words, { maxLength: 150 }),
  counts: fc.array(fc.record({ name: fc.constantFrom('list_tasks', 'recall'), count: fc.nat(5_000) }), {
    maxLength: 2,
  }),
});
const room = fc.integer({ min: 6_000, max: 40_000 });

/** A turn as it is kept: what the model said and called, and what it was told. */
function turnOf(content: { said: string; results: readonly string[]; told: boolean }, number: number) {
  const toolCalls = content.results.map((_result, index) => ({
    id: `t${number}c${index}`,
    name: 'read_source',
    arguments: '{}',
  }));
  return [
    entry({ role: 'assistant', content: content.said, toolCalls }),
    ...content.results.map((result, index) =>
      entry({ role: 'tool', content: result, toolCallId: toolCalls[index]?.id ?? '' }),
    ),
    ...(content.told && toolCalls.length === 0 ? [entry({ role: 'user', content: 'That was no call.' })] : []),
  ];
}

const transcript = fc.record({ turns: fc.array(turnContent, { maxLength: 24 }), past, room });

function compact(given: { turns: readonly Parameters<typeof turnOf>[0][]; past: Past; room: number }) {
  const turns = given.turns.map(turnOf);
  const whole = countWhole(turns, { turn: turns.length + 1, room: given.room });
  const latest = turns.slice(turns.length - whole);
  return { turns, latest, messages: compactTranscript({ opening, past: given.past, latest, room: given.room }) };
}

describe('a transcript that is compacted', () => {
  test('keeps rules and goal whole, whatever came since', () => {
    fc.assert(
      fc.property(transcript, (given) => {
        const [system, user] = compact(given).messages;
        expect(system).toEqual({ role: 'system', content: rules });
        expect(user).toMatchObject({ role: 'user' });
        expect(user?.content?.startsWith(goal)).toBe(true);
      }),
    );
  });

  test('fits into its room beside the goal', () => {
    fc.assert(
      fc.property(transcript, (given) => {
        const tokens = compact(given).messages.map((message) => entry(message).tokens);
        const goals = opening.reduce((sum, each) => sum + each.tokens, 0);
        expect(tokens.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(given.room + goals);
      }),
    );
  });

  test('has every call of a turn that is shown, and its result right after it', () => {
    fc.assert(
      fc.property(transcript, (given) => {
        const { messages, latest } = compact(given);
        const shape = (message: ChatMessage) => ({
          role: message.role,
          calls: message.role === 'assistant' ? message.toolCalls : null,
          of: message.role === 'tool' ? message.toolCallId : null,
        });
        expect(messages.slice(2).map(shape)).toEqual(latest.flat().map(({ message }) => shape(message)));
      }),
    );
  });

  test('shows the latest turn, and of a cut result how to read on', () => {
    fc.assert(
      fc.property(transcript, (given) => {
        const { messages, turns } = compact(given);
        if (turns.length > 0) expect(messages.length).toBeGreaterThan(2);
        const stored = new Map(
          turns.flat().map(({ message }) => [message.role === 'tool' ? message.toolCallId : '', message]),
        );
        for (const message of messages) {
          if (message.role !== 'tool') continue;
          const whole = stored.get(message.toolCallId)?.content ?? '';
          const from = /"from":(\d+)\}\]$/.exec(message.content)?.[1];
          if (message.content === whole) continue;
          expect(message.content.startsWith(whole.slice(0, Number(from)))).toBe(true);
          expect(message.content).toContain(`"reference":"${message.toolCallId}"`);
        }
      }),
    );
  });

  test('is the same each time', () => {
    fc.assert(
      fc.property(transcript, (given) => {
        expect(compact(given).messages).toEqual(compact(given).messages);
      }),
    );
  });

  test('begins like the prompt before it, between two strides', () => {
    const turns = Array.from({ length: 24 }, () => ({ said: 'so', results: ['fine'], told: false }));
    const firsts = turns.map((_turn, index) =>
      JSON.stringify(
        compact({ turns: turns.slice(0, index + 1), past: { lines: [], counts: [] }, room: 6_000 }).latest[0],
      ),
    );
    expect(new Set(firsts.slice(8, 15)).size).toBe(1);
    expect(new Set(firsts.slice(16, 23)).size).toBe(1);
  });
});

describe('entries by turns', () => {
  test('lose none but those of a turn whose beginning was not read', () => {
    fc.assert(
      fc.property(fc.array(turnContent, { maxLength: 8 }), fc.nat(6), (contents, cut) => {
        const turns = contents.map(turnOf);
        const entries = turns.flat();
        const read = byTurn(entries.slice(cut));
        expect(read.flat()).toEqual(read.length === 0 ? [] : entries.slice(entries.length - read.flat().length));
        expect(turns).toEqual(expect.arrayContaining(read.map((turn) => turn)));
      }),
    );
  });
});
