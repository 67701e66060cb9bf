import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptRecord, ModelOutcome, ModelRequest } from '../../../../src/models/model-service.ts';
import { estimatePrompt } from '../../../../src/models/calls/estimate-tokens.ts';
import { recordingHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { Scripted, ScriptedEndpoint } from '../support/scripted-endpoint.ts';

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
afterAll(async () => {
  await endpoint.close();
});

const right: Scripted = { kind: 'content', content: '{"answer":42}' };
const wrong: Scripted = { kind: 'content', content: 'no' };

async function play(steps: readonly Scripted[], changes: Partial<ModelRequest>) {
  endpoint.script(...steps);
  const service = await serviceFor(endpoint.url, { now: () => 0 });
  const hooks = recordingHooks();
  const outcome = await service.complete(requestOf(changes), hooks).catch((error: unknown) => error);
  return { outcome: outcome as ModelOutcome, hooks, service, models: endpoint.seen.map(({ body }) => body.model) };
}

function spent(records: readonly AttemptRecord[]): { usd: number; tokens: number } {
  const tokens = (one: AttemptRecord): number =>
    one.totalTokens > 0 || one.status === 'error' ? one.totalTokens : one.boundTokens;
  return {
    usd: records.reduce((sum, one) => sum + (one.totalCostUsd ?? one.boundUsd), 0),
    tokens: records.reduce((sum, one) => sum + tokens(one), 0),
  };
}

const step: fc.Arbitrary<Scripted> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ prompt_tokens: fc.nat({ max: 60 }), completion_tokens: fc.nat({ max: 1_000 }) })
      .map((usage) => ({ ...wrong, usage })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Scripted>(
      right,
      { ...wrong, usage: null },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 429 },
      { kind: 'status', status: 502 },
      { kind: 'body', body: '{}' },
      { kind: 'cut' },
    ),
  },
);

describe('the grant of a call', () => {
  it('is never passed, whatever the endpoint does: before each attempt what was spent and its bound fit', async () => {
    const grants = fc.record({
      usd: fc.double({ min: 0, max: 0.006, noNaN: true }),
      tokens: fc.option(fc.nat({ max: 8_000 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        grants,
        fc.boolean(),
        async (steps, grant, preferCheaper) => {
          const { outcome, hooks } = await play(steps, { grant, preferCheaper, maxRetries: 5 });
          hooks.starts.forEach((start, index) => {
            const before = spent(hooks.records.slice(0, index));
            expect(before.usd + start.boundUsd).toBeLessThanOrEqual(grant.usd + 1e-12);
            if (grant.tokens !== null) expect(before.tokens + start.boundTokens).toBeLessThanOrEqual(grant.tokens);
          });
          expect(hooks.records).toHaveLength(hooks.starts.length);
          if ('kind' in outcome && outcome.kind === 'needs')
            expect(outcome.usd > grant.usd || outcome.tokens > (grant.tokens ?? Infinity)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that is too small from the start sends nothing and says what would be enough', async () => {
    const { outcome, models } = await play([right], { grant: { usd: 0, tokens: null } });
    expect(models).toEqual([]);
    if (outcome.kind !== 'needs') throw new Error('was asked');
    const again = await play([right], { grant: outcome });
    expect(again.outcome).toMatchObject({ kind: 'answered', model: 'deepseek/deepseek-chat' });
  });

  it('that is too small for the first choice goes to a cheaper model of the profile', async () => {
    const { service } = await play([right], {});
    const { messages, output, maxOutputTokens, profile } = requestOf();
    const size = { profile, promptTokens: estimatePrompt(messages, output), maxOutputTokens };
    const cheapest = service.bound({ ...size, preferCheaper: true });
    expect(cheapest.usd).toBeLessThan(service.bound(size).usd);
    const { outcome } = await play([right], { grant: { usd: cheapest.usd, tokens: null } });
    expect(outcome).toMatchObject({ kind: 'answered', model: 'qwen/qwen-2.5-72b-instruct' });
  });

  it('that allows no repair ends the call with what it would need', async () => {
    const { service } = await play([right], {});
    const { messages, output, maxOutputTokens, profile } = requestOf();
    const { usd } = service.bound({ profile, promptTokens: estimatePrompt(messages, output), maxOutputTokens });
    const { outcome } = await play([{ ...wrong, usage: null }], { grant: { usd, tokens: null } });
    if (outcome.kind !== 'needs') throw new Error('went on');
    expect(outcome.usd).toBeGreaterThan(usd);
    expect(outcome.attempts).toHaveLength(1);
  });

  it('is held at the assumed price for a model that nobody prices, and its cost is unknown', async () => {
    endpoint.script(right);
    const service = await serviceFor(endpoint.url, { only: 'mine' });
    const bound = service.bound({ profile: requestOf().profile, promptTokens: 1_000_000, maxOutputTokens: 0 });
    expect(bound).toMatchObject({ usd: expect.any(Number) as number, priceKnown: false });
    const hooks = recordingHooks();
    await service.complete(requestOf(), hooks);
    expect(hooks.records).toMatchObject([{ totalTokens: 120, totalCostUsd: null }]);
    expect(service.describe()).toMatchObject([{ id: 'mine', inputUsdPerMillion: null }]);
  });
});
