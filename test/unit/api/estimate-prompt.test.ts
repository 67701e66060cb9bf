import { describe, expect, test } from 'vitest';
import { estimatePrompt } from '../../../src/api/service/runs/estimate-prompt.ts';
import { catalog } from '../../../workflows/catalog.ts';
import type { BoundRequest } from '../../../src/models/model-service.ts';

// A dollar for a million tokens in, two for a million out.
function boundOf({ promptTokens, maxOutputTokens }: BoundRequest) {
  const usd = (promptTokens + 2 * maxOutputTokens) / 1_000_000;
  return { usd, tokens: promptTokens + maxOutputTokens, priceKnown: true };
}

const models = { bound: boundOf };

describe('a first estimate', () => {
  test.each(catalog.list().map((contract) => [contract.name, contract] as const))(
    'of %s is a range that has each declared call and agent once',
    (_name, contract) => {
      const estimate = estimatePrompt(models, contract, { userPrompt: 'Repaint the kitchen' });
      const asked = [...Object.values(contract.calls), ...Object.values(contract.agents ?? {})];
      const longest = asked.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens, 0);
      expect(estimate).toMatchObject({ basis: 'prompt', runs: 0, calls: asked.length });
      expect(asked.length).toBeGreaterThan(0);
      expect(estimate.tokens.low).toBeGreaterThan(0);
      expect(estimate.tokens.high).toBe(longest + asked.length * (8_000 + estimate.inputTokens));
      expect(estimate.costUsd?.low).toBeLessThan(estimate.costUsd?.high ?? 0);
    },
  );

  test('grows with the input, and says how it was reckoned', () => {
    const [contract] = catalog.list();
    if (contract === undefined) throw new Error('there are types');
    const short = estimatePrompt(models, contract, { userPrompt: 'Paint' });
    const long = estimatePrompt(models, contract, { userPrompt: 'Paint the fence. '.repeat(5_000) });
    expect(long.inputTokens).toBeGreaterThan(20_000);
    for (const end of ['low', 'high'] as const) {
      expect(long.tokens[end]).toBeGreaterThan(short.tokens[end]);
      expect(long.costUsd?.[end]).toBeGreaterThan(short.costUsd?.[end] ?? 0);
    }
    expect(short.message).toContain(`(${short.calls}), each once`);
  });

  test('names no cost where a price is not known, and says what would tell it', () => {
    const [contract] = catalog.list();
    if (contract === undefined) throw new Error('there are types');
    const unpriced = { bound: (request: BoundRequest) => ({ ...boundOf(request), priceKnown: false }) };
    const estimate = estimatePrompt(unpriced, contract, {});
    expect(estimate.costUsd).toBeNull();
    expect(estimate.message).toContain('STEWARD_MODELS');
  });
});
