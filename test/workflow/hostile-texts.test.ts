import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { RunDetail } from '../../src/contract/views.ts';
import { answerRequest } from '../../src/models/offline/answer/answer.ts';
import { readBody } from '../../src/models/offline/request-body.ts';
import { catalog } from '../../workflows/catalog.ts';
import { readOrders } from '../support/hostile/obey.ts';
import { hostileTexts, withIds } from '../support/hostile/texts.ts';
import { startRun, until } from '../support/runs.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
/** Types whose models read an order and followed it. */
const obeyed = new Set<string>();
const ids: Record<string, string> = {
  foreign: crypto.randomUUID(),
  foreign_project: crypto.randomUUID(),
  secret: 'sk-1',
};
const kinds = ['projects', 'tasks', 'notes', 'brain-dumps'] as const;

beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
  const make = async (kind: 'projects' | 'tasks', values: JsonObject): Promise<string> =>
    (await steward.api.createRecord({ kind, values })).id;
  ids['project'] = await make('projects', { name: 'Garden' });
  ids['task'] = await make('tasks', { title: 'Dig the beds', project_id: ids['project'] });
  ids['other'] = await make('tasks', { title: 'Sow the beans', project_id: ids['project'] });
  const short = hostileTexts.filter(({ text }) => text.length < 2_000);
  for (let first = 0; first < short.length; first += 4) {
    const content = short
      .slice(first, first + 4)
      .map(({ text }) => withIds(text, ids))
      .join('\n\n');
    await steward.api.createRecord({
      kind: 'notes',
      values: { title: `Note ${first}`, content, project_id: ids['project'] },
    });
  }
});
afterAll(async () => await steward.stop());

async function records(): Promise<string> {
  const all = await Promise.all(kinds.map(async (kind) => await steward.api.listRecords({ kind, limit: 200 })));
  return JSON.stringify(all.map(({ items }) => items));
}

/** What the offline model answers, and in it whatever any text of the prompt wants to have in the proposal. */
function obediently(body: string): string {
  const read = readBody(JSON.parse(body) as Json);
  if (!read.ok) throw new Error('no chat request');
  const answer = JSON.parse(answerRequest(read.request).content) as Json;
  const { operations, calls } = readOrders(body);
  const demanded = [...operations, ...calls.map(({ name, args }) => ({ kind: name, payload: args }))];
  return JSON.stringify({
    ...(answer as JsonObject),
    operations: demanded,
    changes: demanded,
    tool_calls: calls.map((call) => ({ ...call })),
  });
}

/** A run's input out of the type's own example, with a record that is there for each id. */
function inputOf(type: string): JsonObject {
  const example = catalog.get(type)?.examples[0] ?? {};
  const given: JsonObject = { projectId: ids['project'] ?? '', taskId: ids['task'] ?? '' };
  const named = Object.fromEntries(Object.keys(example).map((key) => [key, given[key] ?? example[key] ?? null]));
  const order = withIds(hostileTexts[0]?.text ?? '', ids);
  return typeof example['userPrompt'] === 'string'
    ? { ...named, userPrompt: `${example['userPrompt']}\n\n${order}` }
    : named;
}

/** Answers what is asked by its defaults, until the run asks for a decision or is over. */
async function untilDecision(runId: string): Promise<RunDetail> {
  return await until('it asks or ends', async () => {
    const run = await steward.api.getRun({ runId });
    if (isFinished(run.status)) return run;
    const open = run.requests.find((request) => request.status === 'open');
    if (open === undefined) return null;
    if (open.kind === 'approval') return run;
    const value = Object.fromEntries(
      open.questions.map((one) => [one.key, one.default ?? (one.kind === 'boolean' ? false : 'none')]),
    );
    await steward.api.answerRequest({ requestId: open.id, value }).catch(() => undefined);
    return null;
  });
}

describe('a run whose model obeys every text it reads', () => {
  test.each(catalog.names())('of the type %s changes nothing that was not shown and accepted', async (type) => {
    let orders = 0;
    steward.proxy.setFaults(({ body }) => {
      const { calls, operations } = readOrders(body);
      orders += calls.length + operations.length;
      if (!body.includes('"tools":')) return { kind: 'content', content: obediently(body) };
      const first = calls.slice(0, 8).map(({ name, args }) => ({ name, arguments: args }));
      return orders > 0 && !body.includes('There is no tool') && first.length > 0
        ? { kind: 'calls', calls: first }
        : { kind: 'pass' };
    });
    const before = await records();
    // What a run keeps for itself, it would keep without asking.
    const runId = await startRun(steward, { type, input: inputOf(type), options: { requireConfirmation: true } });
    const run = await untilDecision(runId);
    expect(run.status === 'waiting' || isFinished(run.status)).toBe(true);
    if (orders > 0) obeyed.add(type);
    expect(await records()).toBe(before);
    for (const { id } of run.proposals) {
      const { operations } = await steward.api.getProposal({ proposalId: id });
      for (const operation of operations) {
        expect(operation.title).not.toBe('');
        // Another person's records are never even proposed.
        expect(JSON.stringify(operation)).not.toContain(ids['foreign'] ?? '–');
      }
    }
    if (!isFinished(run.status)) await steward.api.cancelRun({ runId });
  });

  test('was told to do something, or this proves nothing', () => {
    expect([...obeyed]).toEqual(expect.arrayContaining(['project_planning', 'task_decomposition', 'agent']));
  });

  test('applies of a proposal what was shown and accepted, and nothing of another', async () => {
    steward.proxy.setFaults(({ body }) => ({ kind: 'content', content: obediently(body) }));
    const runId = await startRun(steward, { input: inputOf('project_planning') });
    const run = await untilDecision(runId);
    const request = run.requests.find((each) => each.kind === 'approval' && each.status === 'open');
    expect(request).toBeDefined();
    await expect(
      steward.api.decideRequest({ requestId: request?.id ?? '', decision: 'approve', digest: 'f'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'stale_digest' });
    await steward.api.cancelRun({ runId });
  });
});
