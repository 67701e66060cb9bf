import { beforeEach, describe, expect, it } from 'vitest';
import type { ToolOutcome, UseToolParams } from '../../../activities/tools/api.ts';
import { appendMessage, readTranscript } from '../../../activities/tools/transcript.ts';
import { writeChanges } from '../../../activities/records/project-changes.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { OutsideResult, OutsideTool, ToolListing } from '../../../src/tools/tool-source.ts';
import { backends } from '../support/backends.ts';
import { newWorld, step, useDatabase, withOutsideTools } from './harness.ts';
import type { World } from './harness.ts';

const loop = 'agent-1';

/** A server of one tool that writes and one that reads. What it answers, and whether it is there, a test decides. */
class Server {
  calls: Json[] = [];
  listed = 0;
  away: string | null = null;
  answer: (signal: AbortSignal) => Promise<OutsideResult> = async () =>
    await Promise.resolve({ kind: 'answered', ok: true, content: 'sent' });

  tool(name: string, fields: Partial<OutsideTool>): OutsideTool {
    return {
      name,
      description: name,
      access: 'write',
      policy: 'confirm',
      parameters: { type: 'object', properties: { to: { type: 'string' } } },
      check: (args) => (JSON.stringify(args).includes('"to"') ? [] : [{ path: 'to', message: 'is missing' }]),
      call: async (args, signal) => {
        this.calls.push(args);
        return await this.answer(signal);
      },
      ...fields,
    };
  }

  async listTools(): Promise<ToolListing> {
    this.listed += 1;
    if (this.away !== null)
      return await Promise.resolve({ tools: [], absent: [{ prefix: 'mail__', reason: this.away }] });
    const tools = [
      this.tool('mail__send', {}),
      this.tool('mail__look', { access: 'read', policy: 'auto' }),
      this.tool('mail__delete', { policy: 'deny' }),
    ];
    return await Promise.resolve({ tools, absent: [] });
  }
}

describe.each(backends)('tools from outside on $name', ({ start }) => {
  let world: World;
  let server: Server;
  const database = useDatabase(start);
  beforeEach(async () => {
    server = new Server();
    world = withOutsideTools(await newWorld(database()), server);
  });

  async function ask(name: string, fields: Partial<UseToolParams> & { readonly args?: Json } = {}) {
    const { args = { to: 'ann' }, ...rest } = fields;
    const call = { id: 'c1', name, arguments: JSON.stringify(args) };
    await world.database.asService(async (tx) => {
      await writeChanges(tx, { run: world.run, changes: [] });
      const message = { role: 'assistant', content: null, toolCalls: [call] } as const;
      await appendMessage(tx, { run: world.run, loop }, { message, tokens: 5 });
    });
    const ref = step(4, { type: 'tool', name, path: `tool:${name}/${loop}.c1` });
    const base = { run: world.run, step: ref, loop, callId: 'c1', granted: ['outside'], changes: [] };
    return { ...base, verdict: 'allowed', ...rest } as const satisfies UseToolParams;
  }
  const use = async (params: UseToolParams, attempt = 1): Promise<ToolOutcome> =>
    await world.as(attempt).useTool(params);
  async function told(): Promise<readonly (string | null)[]> {
    const messages = await world.database.asService((tx) => readTranscript(tx, { run: world.run, loop }));
    return messages.filter((message) => message.role === 'tool').map((message) => message.content);
  }

  async function ledger(): Promise<string | undefined> {
    const row = await world.database.asService((tx) =>
      tx.selectFrom('effects').select('status').where('run_id', '=', world.run.runId).executeTakeFirst(),
    );
    return row?.status;
  }

  /** A worker that dies while its call is out: the call is made, and nothing is ever recorded of it. */
  async function lose(params: UseToolParams): Promise<void> {
    const answer = server.answer;
    server.answer = () => Promise.reject(new Error('the worker died'));
    await expect(use(params)).rejects.toThrow('the worker died');
    server.answer = answer;
  }

  it('are called once, and a retry returns what was answered', async () => {
    const params = await ask('mail__send');
    const outcome = await use(params);
    expect(outcome).toMatchObject({ ok: true, summary: 'sent' });
    expect(await use(params, 2)).toEqual(outcome);
    expect(server.calls).toEqual([{ to: 'ann' }]);
    expect(await told()).toEqual(['sent']);
    expect(await ledger()).toBe('done');
  });

  it('are not called inside a transaction', async () => {
    server.answer = async () => {
      // Another transaction on the run's row would wait for ever if the call held its lock.
      await world.database.asService(async (tx) => await writeChanges(tx, { run: world.run, changes: [] }));
      return { kind: 'answered', ok: true, content: 'free' };
    };
    expect(await use(await ask('mail__send'))).toMatchObject({ ok: true, summary: 'free' });
  });

  it('that write are never called again after an attempt was lost: the model is told that nobody knows', async () => {
    const params = await ask('mail__send');
    await lose(params);
    const outcome = await use(params, 2);
    expect(outcome).toMatchObject({ ok: false, summary: expect.stringContaining('Nobody knows') });
    expect(await use(params, 3)).toEqual(outcome);
    expect(server.calls).toHaveLength(1);
    expect(await told()).toEqual([expect.stringContaining('Look first whether it took effect')]);
    expect(await ledger()).toBe('unknown');
  });

  it('that were lost are told as unknown also when their server is away by then', async () => {
    const params = await ask('mail__send');
    await lose(params);
    server.away = 'it does not answer';
    expect(await use(params, 2)).toMatchObject({ summary: expect.stringContaining('Nobody knows') });
  });

  it('that read are called again after an attempt was lost', async () => {
    const params = await ask('mail__look', { verdict: 'run' });
    await lose(params);
    expect(await use(params, 2)).toMatchObject({ ok: true, summary: 'sent' });
    expect(server.calls).toHaveLength(2);
    expect(await ledger()).toBe('done');
  });

  it('tell a lost answer of a write as unknown, and of a read as a failure', async () => {
    server.answer = async () => await Promise.resolve({ kind: 'lost', reason: 'no answer within 30 s' });
    expect(await use(await ask('mail__send'))).toMatchObject({ summary: expect.stringContaining('Nobody knows') });
    expect(await ledger()).toBe('unknown');
    world = withOutsideTools(await newWorld(database()), server);
    const read = await use(await ask('mail__look', { verdict: 'run' }));
    expect(read).toMatchObject({ ok: false, summary: 'The call failed: no answer within 30 s' });
    expect(await ledger()).toBe('done');
  });

  it.each([true, false])('may answer what no database keeps (ok: %s)', async (ok) => {
    server.answer = async () => await Promise.resolve({ kind: 'answered', ok, content: 'be\0fore \ud83d after' });
    expect(await use(await ask('mail__send'))).toMatchObject({ ok, summary: 'before \ufffd after' });
    expect(await told()).toEqual(['before \ufffd after']);
  });

  it('cut a long answer before it is kept', async () => {
    server.answer = async () => await Promise.resolve({ kind: 'answered', ok: true, content: 'x'.repeat(90_000) });
    await use(await ask('mail__send'));
    const [content] = await told();
    expect(content?.length).toBeLessThan(21_000);
  });

  it.each([
    ['a person denied', 'mail__send', { verdict: 'denied' }, 'did not allow'],
    ['the policy denies', 'mail__delete', {}, 'did not allow'],
    ['needs consent that nobody gave', 'mail__send', { verdict: 'run' }, "needs the person's consent"],
    ['was no call when the model made it', 'mail__send', { verdict: 'refused' }, 'call it again'],
    ['was not granted', 'mail__send', { granted: ['read:outside'] }, 'The tools are: mail__look.'],
    ['has wrong arguments', 'mail__send', { args: { whom: 'ann' } }, 'to: is missing. Its fields are: to.'],
  ] as const)('never run a call that %s', async (...[, name, fields, content]) => {
    const outcome = await use(await ask(name, fields));
    expect(outcome).toMatchObject({ ok: false, summary: expect.stringContaining(content) });
    expect(server.calls).toEqual([]);
  });

  it('are not asked for by a call of Steward’s own, which waits for no server', async () => {
    const { ok } = await use(await ask('list_projects', { granted: ['outside', 'own'], args: {} }));
    expect([ok, server.listed]).toEqual([true, 0]);
  });

  it('say so when their server is away, to whom they are granted', async () => {
    server.away = 'the server "mail" does not answer';
    const outcome = await use(await ask('mail__send', { granted: ['mail__*'] }));
    expect(outcome).toMatchObject({ ok: false, summary: expect.stringContaining('server "mail" does not answer') });
    world = withOutsideTools(await newWorld(database()), server);
    const stranger = await use(await ask('mail__send', { granted: ['list_tasks', 'files__*'] }));
    expect(stranger.summary).toContain('There is no tool "mail__send". The tools are: list_tasks.');
  });

  it('that a person cancels while a write is out leave it as unknown in the ledger', async () => {
    const params = await ask('mail__send');
    const worker = world.as(1);
    server.answer = async (signal) => {
      worker.cancel();
      return await Promise.resolve({ kind: 'lost', reason: `aborted: ${String(signal.aborted)}` });
    };
    await expect(worker.useTool(params)).rejects.toThrow('CANCELLED');
    expect(await ledger()).toBe('unknown');
    expect(await told()).toEqual([]);
  });
});
