import { beforeAll, describe, expect, it } from 'vitest';
import { chooseModels, strongerModels } from '../../../../src/models/calls/choose.ts';
import type { Choosing } from '../../../../src/models/calls/choose.ts';
import { complexityOf } from '../../../../src/models/calls/complexity.ts';
import { availableModels } from '../../../../src/models/catalogue/available.ts';
import type { Profile } from '../../../../src/models/model-service.ts';
import type { Catalogue, CatalogueModel } from '../../../../src/models/catalogue/catalogue.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';
import { json } from '../support/requests.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = availableModels(await loadCatalogue(null), { listed: null, only: null });
});

function choosing(changes: Partial<Choosing> = {}): Choosing {
  const profile = { kind: 'json', name: 'maximum' } as const;
  return {
    profile,
    promptTokens: 1_000,
    maxOutputTokens: 2_000,
    preferCheaper: false,
    complexity: 'normal',
    leftUsd: null,
    abilities: [],
    ...changes,
  };
}

function ids(changes: Partial<Choosing> = {}): string[] {
  return chooseModels(catalogue, choosing(changes)).map(({ model }) => model.id);
}

function modelOf(id: string): CatalogueModel {
  const model = catalogue.models.find((each) => each.id === id);
  if (model === undefined) throw new Error(id);
  return model;
}

describe('the choice of a model', () => {
  it("follows the profile's order", () => {
    expect(ids().slice(0, 3)).toEqual(['deepseek/deepseek-chat', 'qwen/qwen-2.5-72b-instruct', 'openai/gpt-4o']);
  });

  it.each([
    ['json', 'fast', 'openai/gpt-4o-mini', 'deepseek/deepseek-chat'],
    ['json', 'balanced', 'qwen/qwen-2.5-72b-instruct', 'google/gemini-2.5-flash'],
    ['json', 'powerful', 'qwen/qwen-2.5-72b-instruct', 'openai/gpt-4o'],
    ['json', 'maximum', 'deepseek/deepseek-chat', 'anthropic/claude-sonnet-4.5'],
    ['text', 'speed', 'meta-llama/llama-3.1-8b-instruct', 'openai/gpt-4o-mini'],
    ['text', 'balanced', 'openai/gpt-4o-mini', 'deepseek/deepseek-chat'],
    ['text', 'quality', 'deepseek/deepseek-chat', 'openai/gpt-4o'],
    ['text', 'creative', 'deepseek/deepseek-chat', 'anthropic/claude-sonnet-4.5'],
  ] as const)('for %s %s is %s when the prompt is simple, %s when it is complex', (...row) => {
    const [kind, name, simple, complex] = row;
    // The names belong to their kinds by the table above.
    const profile = { kind, name } as Profile;
    expect(ids({ complexity: 'simple', profile })[0]).toBe(simple);
    expect(ids({ complexity: 'complex', profile })[0]).toBe(complex);
  });

  it('says why', () => {
    const reasonOf = (changes: Partial<Choosing>) => chooseModels(catalogue, choosing(changes))[0]?.reason;
    expect(reasonOf({})).toBe('the order of the profile "maximum"');
    expect(reasonOf({ complexity: 'complex' })).toBe('complex prompt: the strongest first');
    expect(reasonOf({ complexity: 'complex', leftUsd: 0.02 })).toBe(
      'anthropic/claude-sonnet-4.5 could take $0.0330, more than 25 % of the $0.0200 left: cheaper ones first',
    );
  });

  it('keeps a call to its share of what is left, and goes no further down than it must', () => {
    const complex = { complexity: 'complex' } as const;
    expect(ids({ ...complex, leftUsd: 0.14 })[0]).toBe('anthropic/claude-sonnet-4.5');
    expect(ids({ ...complex, leftUsd: 0.13 })[0]).toBe('openai/gpt-4o');
    expect(ids({ ...complex, leftUsd: 0.05 })[0]).toBe('deepseek/deepseek-chat');
    expect(ids({ ...complex, leftUsd: 0 })[0]).toBe('qwen/qwen-2.5-72b-instruct');
  });

  it('passes over models without native tools where another one has them', () => {
    const profile = { kind: 'text', name: 'speed' } as const;
    expect(ids({ profile, abilities: ['tools'] })).not.toContain('meta-llama/llama-3.1-8b-instruct');
    const only = { ...catalogue, models: [modelOf('meta-llama/llama-3.1-8b-instruct')] };
    expect(chooseModels(only, choosing({ profile, abilities: ['tools'] }))).toHaveLength(1);
  });

  it('begins with the cheapest when money is short', () => {
    expect(ids({ complexity: 'complex', preferCheaper: true })[0]).toBe('qwen/qwen-2.5-72b-instruct');
  });

  it('leaves out models whose context is too small', () => {
    expect(ids({ promptTokens: 40_000 })).not.toContain('qwen/qwen-2.5-72b-instruct');
    expect(ids({ promptTokens: 5_000_000 })).toEqual([]);
  });

  it('goes from a weak model to the next stronger one, beyond the profile too', () => {
    const fast = choosing({ profile: { kind: 'json', name: 'fast' } });
    const next = strongerModels(catalogue, modelOf('deepseek/deepseek-chat'), fast).map(({ model }) => model.id);
    expect(next).toEqual([
      'google/gemini-2.5-flash',
      'openai/gpt-4o',
      'anthropic/claude-sonnet-4.5',
      'qwen/qwen-2.5-72b-instruct',
      'openai/gpt-4o-mini',
    ]);
  });

  it('never lets an offline model into the profiles of an endpoint that did not list it', () => {
    expect(catalogue.models.filter((model) => model.offline)).toEqual([]);
  });
});

describe('the complexity of a prompt', () => {
  const of = (content: string, promptTokens: number) =>
    complexityOf({ messages: [{ role: 'user', content }], output: json, promptTokens });

  it('grows with length and with constraints', () => {
    expect(of('Plan a birthday party.', 200)).toBe('simple');
    expect(of('Plan a birthday party.', 12_000)).toBe('normal');
    expect(of('Plan a birthday party.', 40_000)).toBe('complex');
    expect(of('- task A must be done before task B\n'.repeat(20), 600)).toBe('complex');
  });
});
