import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { RunDetail } from '../../src/contract/views.ts';
import { answerRequest } from '../../src/models/offline/answer/answer.ts';
import { readBody } from '../../src/models/offline/request-body.ts';
import { catalog } from '../../workflows/catalog.ts';
import { readOrders } from '../support/hostile/obey.ts';
import { hostileTexts, withIds } from '../support/hostile/texts.ts';
import { startRun, until, untilEnded } from '../support/runs.ts';
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
/** Types whose prompts hold texts of others: each must have met orders. */
const readers = [
  'project_planning',
  'task_decomposition',
  'optimization',
  'calendar_analysis',
  'generate_daily_brief',
  'generate_phases',
  'research',
  'brain_dump',
  'onboarding_analysis',
  'agent',
];
const kinds = ['projects', 'tasks', 'notes', 'brain-dumps'] as const;

/** Hostile texts that came this way, short enough that a few dozen of them are read at once. */
function carriedBy(carrier: string, most: number): readonly string[] {
  return hostileTexts
    .filter((each) => each.carrier === carrier && each.text.length < 600)
    .slice(0, most)
    .map(({ text }) => withIds(text, ids));
}

const dayMs = 86_400_000;

function instant(days: number): string {
  return new Date(Math.floor(Date.now() / dayMs) * dayMs + days * dayMs + 9 * 3_600_000).toISOString();
}

/** A calendar with a meeting a day, past and to come, of hostile titles. */
function hostileCalendar(): string {
  const stamp = (days: number, hour: string): string =>
    `${instant(days).slice(0, 10).replaceAll('-', '')}T${hour}0000Z`;
  const events = carriedBy('event_title', 14).map((title, index) => [
    'BEGIN:VEVENT',
    `UID:hostile-${index}`,
    `DTSTAMP:${stamp(-40, '08')}`,
    `DTSTART:${stamp(index - 10, '10')}`,
    `DTEND:${stamp(index - 10, '11')}`,
    `SUMMARY:${title.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')}`,
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
}

beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
  const make = async (kind: 'projects' | 'tasks' | 'notes', values: JsonObject): Promise<string> =>
    (await steward.api.createRecord({ kind, values })).id;
  ids['project'] = await make('projects', { name: 'Garden' });
  const inGarden = { project_id: ids['project'] };
  ids['task'] = await make('tasks', { title: 'Dig the beds', ...inGarden });
  ids['other'] = await make('tasks', { title: 'Sow the beans', ...inGarden });
  const short = hostileTexts.filter(({ text }) => text.length < 2_000);
  for (let first = 0; first < short.length; first += 4) {
    const texts = short.slice(first, first + 4).map(({ text }) => withIds(text, ids));
    await make('notes', { title: `Note ${first}`, content: texts.join('\n\n'), ...inGarden });
  }
  // Overdue, and twice: what an optimization reads.
  const late = { deadline: instant(-5), duration_minutes: 60, ...inGarden };
  for (const [index, text] of carriedBy('task_title', 10).entries()) {
    const description = carriedBy('project', 10)[index] ?? text;
    await make('tasks', { title: text.slice(0, 300), description, ...late });
    if (index < 3) await make('tasks', { title: text.slice(0, 300), ...late });
  }
  await make('tasks', { title: 'Dig the beds', description: carriedBy('note', 1)[0] ?? '', ...late });
  await steward.api.importCalendar({ text: hostileCalendar() });
});
afterAll(async () => await steward.stop());

/** Every record and event by its id, as text. */
async function records(): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(kinds.map(async (kind) => await steward.api.listRecords({ kind, limit: 200 })));
  const events = await steward.api.listCalendarEvents({ from: instant(-30), to: instant(90) });
  return new Map([
    ...all.flatMap(({ items }) => items.map((item) => [item.id, JSON.stringify(item)] as const)),
    ...events.map((event) => [`${event.uid} ${event.start}`, JSON.stringify(event)] as const),
  ]);
}

/** Ids of what is new, gone or different. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
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
  // A window of the past holds none of the events.
  const keys = Object.keys(example).filter((key) => key !== 'from' && key !== 'to');
  const named = Object.fromEntries(keys.map((key) => [key, given[key] ?? example[key] ?? null]));
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

/** Approves one operation that needs no other: what differs afterwards is named in it, and it was applied alone. */
async function approveOne(run: RunDetail): Promise<void> {
  const request = run.requests.find((each) => each.kind === 'approval' && each.status === 'open');
  const proposal = await steward.api.getProposal({ proposalId: request?.proposalId ?? '' });
  const operation = proposal.operations.find(({ requires }) => requires.length === 0);
  expect(operation).toBeDefined();
  const before = await records();
  await steward.api.decideRequest({
    requestId: request?.id ?? '',
    decision: 'approve',
    operations: [operation?.id ?? ''],
    digest: proposal.digest,
  });
  const ended = await untilEnded(steward, run.id);
  expect(ended.status).toBe('completed');
  const after = await steward.api.getProposal({ proposalId: proposal.id });
  expect(after.operations.filter(({ status }) => status === 'applied').map(({ id }) => id)).toEqual([operation?.id]);
  const text = JSON.stringify(operation);
  for (const id of changed(before, await records())) expect(text).toContain(id.split(' ')[0]);
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
    expect(changed(before, await records())).toEqual([]);
    for (const { id } of run.proposals) {
      const { operations } = await steward.api.getProposal({ proposalId: id });
      for (const operation of operations) {
        expect(operation.title).not.toBe('');
        // Another person's records are never even proposed.
        expect(JSON.stringify(operation)).not.toContain(ids['foreign'] ?? '–');
      }
    }
    if (!isFinished(run.status)) await approveOne(run);
  });

  test('was told to do something, or this proves nothing', () => {
    expect([...obeyed]).toEqual(expect.arrayContaining([...readers]));
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
