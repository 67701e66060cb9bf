import { expect, it } from 'vitest';
import { StewardError } from '../../src/contract/errors.ts';
import { largestFileBytes } from '../../src/api/files-api.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { refused } from './support/refused.ts';
import { makePdf } from '../support/pdf.ts';

type World = () => { readonly api: StewardApi; readonly other: StewardApi };

async function codeOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'not refused',
    (error: unknown) => (error instanceof StewardError ? error.code : String(error)),
  );
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Files and search, as every implementation has them. */
export function describeFiles(world: World): void {
  it('keeps a file byte by byte, lists it with its project, and removes it', async () => {
    const { api, other } = world();
    const project = await api.createRecord({ kind: 'projects', values: { name: 'Archive' } });
    const bytes = new Uint8Array([0, 255, 13, 10, 128, 7]);
    const file = await api.addFile({ name: 'Über 1.bin', mimeType: '', bytes, projectId: project.id });
    expect(file).toMatchObject({ name: 'Über 1.bin', searchable: false, sizeBytes: 6, projectId: project.id });
    expect(await api.readFile({ fileId: file.id })).toEqual({ file, bytes });
    expect((await api.listFiles({ projectId: project.id })).items).toEqual([file]);
    const foreign = [
      other.getFile({ fileId: file.id }),
      other.readFile({ fileId: file.id }),
      other.deleteFile({ fileId: file.id }),
    ];
    expect(await Promise.all(foreign.map(codeOf))).toEqual(['not_found', 'not_found', 'not_found']);
    await api.deleteFile({ fileId: file.id });
    expect(await codeOf(api.getFile({ fileId: file.id }))).toBe('not_found');
  });

  it('finds words of a PDF and of records together, and nothing of another user', async () => {
    const { api, other } = world();
    const pdf = makePdf('The zeppelin lands at noon');
    const file = await api.addFile({ name: 'plan.pdf', mimeType: 'application/pdf', bytes: pdf });
    const note = await api.createRecord({ kind: 'notes', values: { title: 'Zeppelins', content: 'land seldom' } });
    expect(file.searchable).toBe(true);
    const hits = await api.search({ query: 'When do zeppelins land?' });
    expect(hits.map(({ id }) => id).toSorted()).toEqual([file.id, note.id].toSorted());
    const [only] = await api.search({ query: 'zeppelin', kinds: ['file'] });
    expect(only).toMatchObject({ kind: 'file', title: 'plan.pdf', excerpt: 'The zeppelin lands at noon' });
    expect(await other.search({ query: 'zeppelin' })).toEqual([]);
  });

  it('keeps several files together, all or none, and says which one is wrong', async () => {
    const { api } = world();
    const before = (await api.listFiles({ limit: 200 })).items.length;
    const good = { name: 'a.txt', mimeType: 'text/plain', bytes: bytesOf('a') };
    const files = [good, { ...good, name: 'b.txt', bytes: bytesOf('b') }];
    const added = await api.addFiles({ files });
    expect(added.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    const refusal = await refused(api.addFiles({ files: [good, { ...good, bytes: new Uint8Array([0xff]) }] }));
    expect([refusal.code, refusal.message]).toEqual([
      'invalid_input',
      expect.stringContaining('"a.txt" is not valid UTF-8'),
    ]);
    expect(await codeOf(api.addFiles({ files: [] }))).toBe('invalid_input');
    expect((await api.listFiles({ limit: 200 })).items).toHaveLength(before + 2);
  });

  it('refuses what it can’t keep, and keeps nothing of it', async () => {
    const { api } = world();
    const before = (await api.listFiles({ limit: 200 })).items.length;
    const good = { name: 'a.txt', mimeType: 'text/plain', bytes: bytesOf('a') };
    const wrong = [
      api.addFile({ ...good, bytes: new Uint8Array() }),
      api.addFile({ ...good, bytes: new Uint8Array([0xff]) }),
      api.addFile({ ...good, name: 'a.pdf', mimeType: 'application/pdf' }),
      api.addFile({ ...good, name: '../a.txt' }),
      api.addFile({ ...good, projectId: '00000000-0000-7000-8000-0000000000ff' }),
      api.addFile({ ...good, bytes: new Uint8Array(largestFileBytes + 1) }),
    ];
    const codes = await Promise.all(wrong.map(codeOf));
    expect(codes).toEqual([...Array<string>(5).fill('invalid_input'), 'payload_too_large']);
    expect((await api.listFiles({ limit: 200 })).items).toHaveLength(before);
    expect(await codeOf(api.search({ query: ' ' }))).toBe('invalid_input');
  });
}
