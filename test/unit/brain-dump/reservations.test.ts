import { describe, expect, test } from 'vitest';
import { estimateReservations } from '../../../activities/records/admit/estimate.ts';
import { composeMessages } from '../../../activities/model/compose.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import { cutPieces, fingerprint, mostChars } from '../../../workflows/brain_dump/pieces.ts';
import { brainDump } from '../../../workflows/brain_dump/type.ts';

const sentences = {
  English: 'I need to call the plumber about the kitchen tap before Friday, it drips again.\n\n',
  German: 'Ich muss die Steuererklärung für das Büro fertig machen und Frau Müller zurückrufen.\n\n',
  Chinese: '我得给牙医打电话，还要给妈妈买生日礼物。\n\n',
};

/** What a run over this text knows once it has been cut. */
function factsOf(text: string, tasks = 0): FactSheet {
  const pieces = cutPieces(text, mostChars);
  const split = { chars: text.length, fingerprint: fingerprint(text), pieces };
  const workload = {
    projects: [],
    tasks: Array.from({ length: tasks }, (_none, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      title: `Water the plants of neighbour ${String(index)}`,
      description: 'x'.repeat(500),
      projectId: null,
      deadline: null,
    })),
  };
  const known = { now: '2026-11-25T10:00:00.000Z', timeZone: 'UTC', input: { userPrompt: text }, brainDump: null };
  const said = { addedContext: [], rejections: [], answers: [], userContext: null };
  // The parts of a fact sheet that the calls of the type look at.
  return { ...known, ...said, workload, outputs: { split } } as unknown as FactSheet;
}

function reserved(facts: FactSheet): Readonly<Record<string, number>> {
  const bound = ({ promptTokens }: { readonly promptTokens: number }) => ({
    usd: 0,
    tokens: promptTokens,
    priceKnown: true,
  });
  const all = estimateReservations({ models: { bound } }, brainDump, facts);
  return Object.fromEntries(Object.entries(all).map(([name, { tokens }]) => [name, tokens]));
}

function sent(call: string, facts: FactSheet, params: JsonObject): number {
  const prompt = brainDump.calls[call]?.prompt(facts, params) ?? { instructions: '', sections: {} };
  return composeMessages(prompt).reduce((sum, { content }) => sum + estimateTokens(content), 0);
}

describe('what a call of a long dump sets aside', () => {
  test.each(Object.entries(sentences))('is enough for each piece of it, and little more: %s', (_name, sentence) => {
    const text = sentence.repeat(Math.floor(200_000 / sentence.length));
    const facts = factsOf(text);
    const { context = 0, tasks = 0, prepare = 0 } = reserved(facts);
    const keys = cutPieces(text, mostChars).map(({ key }) => key);
    for (const piece of keys) {
      expect(context).toBeGreaterThan(sent('context', facts, { piece }));
      expect(tasks).toBeGreaterThan(sent('tasks', facts, { piece }));
    }
    expect(prepare).toBeGreaterThan(sent('prepare', facts, { items: keys.slice(0, 2) }));
    // Beside the piece only what is set aside for instructions, schema and earlier answers.
    expect(tasks).toBeLessThan(sent('tasks', facts, { piece: 'p1' }) + 9_000);
    expect(prepare).toBeLessThan(sent('prepare', facts, { items: ['p1', 'p2'] }) + 9_000);
  });

  test('does not grow with tasks that no prompt shows', () => {
    const [few, many] = [reserved(factsOf('Water the plants.', 200)), reserved(factsOf('Water the plants.', 4_000))];
    expect(many['tasks']).toBe(few['tasks']);
  });
});
