import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileView } from '../../src/api/files-api.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call, named } from './support/call.ts';
import type { Answer } from './support/call.ts';
import { ann, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  gateway = await startTestGateway({
    config: { bodyLimits: { json: 1_000, calendar: 1_000, import: 1_000, file: 2_000, form: 5_000 } },
  });
  token = await gateway.token();
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

type Sent = { readonly query?: string; readonly headers?: Readonly<Record<string, string>> };

async function send(raw: string, { query = '', headers = {} }: Sent = {}): Promise<Answer> {
  const type = { 'Content-Type': 'multipart/form-data; boundary=b', ...headers };
  return await call(`${gateway.url}/api/files${query}`, 'POST', { token, raw, headers: type });
}

function part(head: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
}

const file = (name: string, content: string): string => part(`name="file"; filename="${name}"`, content);
const end = '--b--\r\n';

async function kept(): Promise<number> {
  return (await gateway.test.as(ann).listFiles({ limit: 200 })).items.length;
}

describe('a form with files', () => {
  it('attaches them all, as a browser and as curl send it, and answers with a list', async () => {
    const api = gateway.test.as(ann);
    const project = await api.createRecord({ kind: 'projects', values: { name: 'Forms' } });
    const form = new FormData();
    form.append('file', new Blob(['the zeppelin lands'], { type: 'text/plain' }), 'Über 1.txt');
    form.append('file', new Blob([new Uint8Array([0, 255, 13, 10, 45, 45])]), 'b.bin');
    const response = await fetch(`${gateway.url}/api/files?projectId=${project.id}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
    expect(response.status).toBe(201);
    const { data } = (await response.json()) as { readonly data: readonly FileView[] };
    expect(data).toMatchObject([
      { name: 'Über 1.txt', mimeType: 'text/plain', searchable: true, projectId: project.id },
      { name: 'b.bin', searchable: false, sizeBytes: 6 },
    ]);
    const { bytes } = await api.readFile({ fileId: data[1]?.id ?? '' });
    expect([...bytes]).toEqual([0, 255, 13, 10, 45, 45]);
  });

  it('takes one file, under its own name without the path, or under the one that the query gives', async () => {
    expect((await send(file('../../etc/a.txt', 'x') + end)).body).toMatchObject({ data: [{ name: 'a.txt' }] });
    const renamed = await send(file('a.txt', 'x') + end, { query: '?name=b.md' });
    expect(renamed.body).toMatchObject({ data: [{ name: 'b.md' }] });
    const two = await send(file('a', 'x') + file('b', 'y') + end, { query: '?name=c' });
    expect([two.status, named(two)]).toEqual([422, ['name']]);
  });

  it('counts once under an Idempotency-Key, whatever boundary the second copy has', async () => {
    const headers = { 'Idempotency-Key': 'form-1' };
    const first = await send(file('k.txt', 'same') + end, { headers });
    const body = (file('k.txt', 'same') + end).replaceAll('--b', '--c');
    const again = { ...headers, 'Content-Type': 'multipart/form-data; boundary=c' };
    expect((await send(body, { headers: again })).text).toBe(first.text);
    expect((await send(file('k.txt', 'other') + end, { headers })).body['code']).toBe('idempotency_conflict');
  });
});

describe('a form that is refused names the field and keeps nothing', () => {
  const empty = part('name="file"; filename=""', '');
  it.each([
    ['nothing at all', '', ['file']],
    ['no file', end, ['file']],
    ['a field in which nothing was chosen', empty + end, ['file']],
    ['nonsense', 'hello world', ['file']],
    ['a form that breaks off', file('a.txt', 'x'), ['file']],
    ['a head that breaks off', '--b\r\nContent-Dispo', ['file']],
    ['text in place of a file', part('name="file"', 'x') + end, ['file']],
    ['a file without a name', part('name="file"; filename=""', 'x') + end, ['file']],
    ['a part without a name', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--', ['file']],
    ['another field', file('a.txt', 'x') + part('name="projectId"', 'x') + end, ['projectId']],
    ['a file under another name', part('name="upload"; filename="a.txt"', 'x') + end, ['upload']],
    ['an empty file beside a good one', file('a.txt', 'x') + file('b.txt', '') + end, ['file.1']],
    ['a text that is none', file('a.txt', 'x') + file('b.txt', 'a\u0000b') + end, ['file.1']],
    ['too many files', file('a.txt', 'x').repeat(11) + end, ['file']],
    ['very many parts', file('a.txt', 'x').repeat(50) + end, ['file']],
    [
      'an encoded file',
      file('a', 'eA==').replace('\r\n\r\n', '\r\nContent-Transfer-Encoding: base64\r\n\r\n') + end,
      ['file'],
    ],
  ])('%s', async (_case, raw, fields) => {
    const before = await kept();
    const refused = await send(raw);
    expect([refused.status, named(refused)]).toEqual([422, fields]);
    expect(await kept()).toBe(before);
  });

  it('also where a file, or the form, is too large', async () => {
    const before = await kept();
    const large = await send(file('a.txt', 'x') + file('b.txt', 'x'.repeat(2_001)) + end);
    expect([large.status, large.body['code'], named(large)]).toEqual([413, 'payload_too_large', ['file.1']]);
    const sum = await send(file('a.txt', 'x'.repeat(1_900)).repeat(3) + end);
    expect([sum.status, sum.body['code'], named(sum)]).toEqual([413, 'payload_too_large', ['file']]);
    expect(await kept()).toBe(before);
  });

  it('also without a boundary, and with a project that is not there', async () => {
    const before = await kept();
    const bare = await send(file('a.txt', 'x') + end, { headers: { 'Content-Type': 'multipart/form-data' } });
    expect([bare.status, named(bare)]).toEqual([400, ['Content-Type']]);
    const query = '?projectId=00000000-0000-7000-8000-0000000000ff';
    const lost = await send(file('a.txt', 'x') + end, { query });
    expect([lost.status, named(lost)]).toEqual([422, ['project_id']]);
    expect(await kept()).toBe(before);
  });

  it('also when the connection is cut in the middle', async () => {
    const before = await kept();
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = ['POST /api/files HTTP/1.1', `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`];
    const rest = ['Content-Type: multipart/form-data; boundary=b', 'Content-Length: 4000', '', ''];
    socket.write([...head, ...rest].join('\r\n') + file('cut.txt', 'x') + end);
    const gone = once(socket, 'close');
    socket.destroy();
    await gone;
    // It answers on, and what was cut left nothing.
    expect((await send(file('after.txt', 'x') + end)).status).toBe(201);
    expect(await kept()).toBe(before + 1);
  });
});
