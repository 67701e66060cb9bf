import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardError } from '../../../../src/contract/errors.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-catalogue-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileWith(text: string): Promise<string> {
  const file = join(folder, 'models.yaml');
  await writeFile(file, text);
  return file;
}

async function problemsOf(text: string): Promise<readonly string[]> {
  const file = await fileWith(text);
  const error: unknown = await loadCatalogue(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof StewardError)) throw new Error('was accepted');
  return (error.details.problems ?? []).map(({ path, message }) => `${path.replace(`${file}:`, '')} ${message}`);
}

describe('the catalogue of models', () => {
  it('has a price with its date for every model, and offline models cost nothing', async () => {
    const { models } = await loadCatalogue(null);
    expect(models.filter((model) => model.price === null)).toEqual([]);
    const offline = models.filter((model) => model.offline);
    expect(offline.map((model) => model.id)).toEqual([
      'steward-offline-fast',
      'steward-offline',
      'steward-offline-strong',
    ]);
    for (const model of offline) expect(model.price).toMatchObject({ input: 0, output: 0 });
  });

  it('offers an offline and a real model in every profile', async () => {
    const { models, profiles } = await loadCatalogue(null);
    const offline = new Set(models.filter((model) => model.offline).map((model) => model.id));
    for (const ids of [...Object.values(profiles.json), ...Object.values(profiles.text)]) {
      expect(ids.some((id) => offline.has(id))).toBe(true);
      expect(ids.some((id) => !offline.has(id))).toBe(true);
    }
  });

  it('takes a price, a new model and a profile from a file, and keeps the rest', async () => {
    const file = await fileWith(
      [
        'models:',
        '  - { id: openai/gpt-4o, price: { input: 5, output: 15, priced: 2026-10-01 } }',
        '  - { id: local/tiny, endpoint: "http://127.0.0.1:11434/v1" }',
        'profiles: { json: { fast: [local/tiny] } }',
      ].join('\n'),
    );
    const base = await loadCatalogue(null);
    const changed = await loadCatalogue(file);
    const gpt = changed.models.find((model) => model.id === 'openai/gpt-4o');
    expect(gpt).toMatchObject({ title: 'GPT-4o', price: { input: 5, output: 15 }, limits: { context: 128_000 } });
    expect(changed.models.find((model) => model.id === 'local/tiny')).toMatchObject({
      title: 'local/tiny',
      price: null,
    });
    expect(changed.profiles).toEqual({ ...base.profiles, json: { ...base.profiles.json, fast: ['local/tiny'] } });
  });

  it('is unchanged by an empty file', async () => {
    expect(await loadCatalogue(await fileWith('# nothing yet\n'))).toEqual(await loadCatalogue(null));
  });

  it('names file, line and field of everything that is wrong', async () => {
    const problems = await problemsOf('models:\n  - id: a\n    strength: 200\n  - title: b\nprofile: {}\n');
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^3:models\.0\.strength Too big/);
    expect(problems[1]).toMatch(/^4:models\.1\.id /);
    expect(problems[2]).toMatch(/^1: Unrecognized key: "profile"/);
  });

  it('names models that no one knows, and those given twice', async () => {
    const problems = await problemsOf(
      'models:\n  - id: a\n  - id: a\nprofiles:\n  text:\n    speed:\n      - a\n      - nobody\n',
    );
    expect(problems).toEqual([
      '8:profiles.text.speed.1 no model has the id "nobody"',
      '3:models.1.id "a" is there twice',
    ]);
  });

  it('refuses what is no YAML, and a file that is not there', async () => {
    expect(await problemsOf('models: [')).toHaveLength(1);
    await expect(loadCatalogue(join(folder, 'none.yaml'))).rejects.toThrow(
      /STEWARD_MODELS: .*none\.yaml can't be read/,
    );
  });
});
