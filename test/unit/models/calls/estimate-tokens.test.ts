import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatePrompt, estimateTokens } from '../../../../src/models/calls/estimate-tokens.ts';
import { json } from '../support/requests.ts';
// Counted with the tokenizers o200k_base and cl100k_base (gpt-tokenizer 4.0.0).
import samples from '../support/token-counts.json' with { type: 'json' };

const someSamples = fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 30 });

describe('the estimate of tokens', () => {
  it.each(samples)('is never below what tokenizers count: $name', (sample) => {
    expect(estimateTokens(sample.text)).toBeGreaterThanOrEqual(Math.max(sample.o200k, sample.cl100k));
  });

  it('is never below it for whatever mix of prose, scripts, JSON, code and ids', () => {
    fc.assert(
      fc.property(someSamples, (mix) => {
        const counted = mix.reduce((sum, sample) => sum + Math.max(sample.o200k, sample.cl100k), mix.length - 1);
        expect(estimateTokens(mix.map((sample) => sample.text).join('\n'))).toBeGreaterThanOrEqual(counted);
      }),
    );
  });

  it('counts every digit, as some tokenizers do', () => {
    expect(estimateTokens('1234567890')).toBe(10);
  });

  it('never takes a text for shorter when something is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(estimateTokens(`${a}\n${b}`)).toBeGreaterThanOrEqual(Math.max(estimateTokens(a), estimateTokens(b)));
      }),
    );
  });

  it('stays within three times the real count for English and German, so that budgets are of use', () => {
    for (const sample of samples.filter(({ name }) => name === 'english' || name === 'german')) {
      expect(estimateTokens(sample.text)).toBeLessThan(3 * sample.o200k);
    }
  });

  it('counts the schema, tools and tool calls of a request too', () => {
    const messages = [{ role: 'user', content: 'hello' }] as const;
    const plain = estimatePrompt(messages, { kind: 'text' });
    const call = { id: 'a', name: 'fetch_tasks', arguments: '{"projectId":"x"}' };
    expect(estimatePrompt(messages, json)).toBeGreaterThan(plain + 20);
    expect(
      estimatePrompt([...messages, { role: 'assistant', content: null, toolCalls: [call] }], { kind: 'text' }),
    ).toBeGreaterThan(plain + 15);
  });
});
