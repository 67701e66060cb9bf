import { beforeAll, describe, expect, it } from 'vitest';
import { availableModels } from '../../../../src/models/catalogue/available.ts';
import type { Catalogue } from '../../../../src/models/catalogue/catalogue.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue(null);
});

const offline = ['steward-offline-fast', 'steward-offline', 'steward-offline-strong'];

describe('what an endpoint can serve', () => {
  it('keeps of each profile the models that it lists', () => {
    const { profiles } = availableModels(catalogue, {
      listed: ['openai/gpt-4o', 'qwen/qwen-2.5-72b-instruct', 'x'],
      only: null,
    });
    expect(profiles.json.maximum).toEqual(['qwen/qwen-2.5-72b-instruct', 'openai/gpt-4o']);
    expect(profiles.json.fast).toEqual(['qwen/qwen-2.5-72b-instruct']);
  });

  it('is the offline models for an endpoint that lists those', () => {
    const { models, profiles } = availableModels(catalogue, { listed: offline, only: null });
    expect(models.map((model) => model.id)).toEqual(offline);
    expect(profiles.json.fast).toEqual(['steward-offline-fast', 'steward-offline']);
    expect(profiles.json.maximum[0]).toBe('steward-offline-strong');
  });

  it('calls a model what the endpoint calls it', () => {
    const { models } = availableModels(catalogue, { listed: ['gpt-4o', 'text-embedding-3-small'], only: null });
    expect(models).toMatchObject([{ id: 'openai/gpt-4o', wireId: 'gpt-4o', price: { input: 2.5 } }]);
  });

  it("takes the endpoint's own models when it has none of ours, but none that can't chat", () => {
    const listed = ['text-embedding-3', 'a', 'b', 'c', 'd'];
    const { models, profiles } = availableModels(catalogue, { listed, only: null });
    expect(models.map((model) => [model.id, model.price])).toEqual([
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
    expect(profiles.text.creative).toEqual(['a', 'b', 'c']);
  });

  it('is one model for all profiles where one is named, known or not', () => {
    const known = availableModels(catalogue, { listed: null, only: 'gpt-4o-mini' });
    expect(known.models).toMatchObject([{ id: 'openai/gpt-4o-mini', wireId: 'gpt-4o-mini' }]);
    const unknown = availableModels(catalogue, { listed: null, only: 'mine' });
    expect(unknown.profiles.json).toEqual({
      fast: ['mine'],
      balanced: ['mine'],
      powerful: ['mine'],
      maximum: ['mine'],
    });
  });

  it('keeps a model with an endpoint of its own, whatever the main one lists', () => {
    const models = catalogue.models.map((model) =>
      model.id === 'openai/gpt-4o' ? { ...model, endpoint: 'http://127.0.0.1:1/v1' } : model,
    );
    const available = availableModels({ ...catalogue, models }, { listed: offline, only: null });
    expect(available.models.map((model) => model.id)).toContain('openai/gpt-4o');
  });
});
