import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { Question } from '../../src/contract/request.ts';
import type { ProposalView, RunDetail } from '../../src/contract/views.ts';
import { answerRequest } from '../../src/models/offline/answer/answer.ts';
import { readBody } from '../../src/models/offline/request-body.ts';
import { catalog } from '../../workflows/catalog.ts';
import { readOrders } from '../support/hostile/obey.ts';
import { changesOf, fieldsChanged, isObject, recordRows, unshown } from '../support/hostile/record-rows.ts';
import type { RowChange, Rows } from '../support/hostile/record-rows.ts';
import { hostileTexts, withIds } from '../support/hostile/texts.ts';
import { startRun, until, untilEnded } from '../support/runs.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
/** Types whose models read an order and followed it. */
const obeyed = new Set<string>();
/** Answers in which values stood that some text demanded. */
let widenedCalls = 0;
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

type Make = (kind: 'projects' | 'tasks' | 'notes', values: JsonObject) => Promise<string>;

/** A project of the same person that no run is about, with something in it to change. */
async function makeNeighbor(make: Make): Promise<void> {
  ids['neighbor'] = await make('projects', { name: 'Boat', description: 'It lies at the lake.' });
  const inBoat = { project_id: ids['neighbor'], priority: 'low', duration_minutes: 45 };
  ids['neighborTask'] = await make('tasks', { title: 'Paint the hull', description: 'In blue.', ...inBoat });
  ids['neighborNote'] = await make('notes', { title: 'Harbor', content: 'Berth 7.', project_id: ids['neighbor'] });
}

beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
  const make: Make = async (kind, values) => (await steward.api.createRecord({ kind, values })).id;
  ids['project'] = await make('projects', { name: 'Garden' });
  const inGarden = { project_id: ids['project'] };
  ids['task'] = await make('tasks', { title: 'Dig the beds', ...inGarden });
  ids['other'] = await make('tasks', { title: 'Sow the beans', ...inGarden });
  await makeNeighbor(make);
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

async function records(): Promise<Rows> {
  return await recordRows(steward.database);
}

/** Rows of the project that no run is about: its own, and those that name it or what is in it. */
function neighbors(changes: readonly RowChange[]): readonly string[] {
  const own = [ids['neighbor'], ids['neighborTask'], ids['neighborNote']].map((id) => id ?? '–');
  return changes.filter((each) => own.some((id) => JSON.stringify(each).includes(id))).map(({ key }) => key);
}

/** An answer in which each field has the value that some text demands for a field of its name, where there is one. */
function widened(answer: Json, demands: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(answer)) return (answer as readonly Json[]).map((part) => widened(part, demands));
  if (typeof answer !== 'object' || answer === null) return answer;
  const fields = Object.entries(answer).map(([name, value]): [string, Json] => {
    const demand = demands.get(name);
    const fits = demand !== undefined && value !== null && typeof demand === typeof value && typeof value !== 'object';
    return [name, fits ? demand : widened(value, demands)];
  });
  return Object.fromEntries(fields);
}

/**
 * What the offline model answers, and in it whatever any text of the prompt wants to have in the proposal: operations of
 * its own, and at the first try its values in the fields of others. One that is refused is obeyed no further.
 */
function obediently(body: string): string {
  const parsed = JSON.parse(body) as Json;
  const read = readBody(parsed);
  if (!read.ok) throw new Error('no chat request');
  const answer = JSON.parse(answerRequest(read.request).content) as Json;
  const { operations, calls } = readOrders(body);
  const demanded = [...operations, ...calls.map(({ name, args }) => ({ kind: name, payload: args }))];
  const payloads = operations.flatMap(({ payload }) => (isObject(payload) ? [payload] : []));
  const demands = new Map([...calls.map((call) => call.args), ...payloads].flatMap((each) => Object.entries(each)));
  const isFirst = read.request.messages.every(({ role }) => role !== 'assistant');
  if (isFirst && demands.size > 0) widenedCalls += 1;
  return JSON.stringify({
    ...((isFirst ? widened(answer, demands) : answer) as JsonObject),
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

function answerOf({ kind, options }: Question): string | number | boolean {
  const [first = 'none'] = options;
  return kind === 'boolean' ? false : kind === 'number' ? 1 : kind === 'date' ? '2027-01-04' : first;
}

/** Answers what is asked by its defaults, until the run asks for a decision or is over. */
async function untilDecision(runId: string): Promise<RunDetail> {
  return await until('it asks or ends', async () => {
    const run = await steward.api.getRun({ runId });
    if (isFinished(run.status)) return run;
    const open = run.requests.find((request) => request.status === 'open');
    if (open === undefined) return null;
    if (open.kind === 'approval') return run;
    const value = Object.fromEntries(open.questions.map((one) => [one.key, one.default ?? answerOf(one)]));
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
  if (operation === undefined) return;
  const changes = changesOf(before, await records());
  expect(changes).not.toEqual([]);
  // Each row is named by the operation, and each value in it is one that was shown.
  const text = JSON.stringify(operation);
  for (const { key } of changes) expect(key.split('/').some((part) => text.includes(part))).toBe(true);
  expect(changes.flatMap((change) => unshown(change, { operation, given: inputOf(run.type) }))).toEqual([]);
  if (isLimited(run.type)) expect(neighbors(changes)).toEqual([]);
}

/** Whether a type's runs here are about one project or task. */
function isLimited(type: string): boolean {
  return Object.keys(inputOf(type)).some((key) => key === 'projectId' || key === 'taskId');
}

/** Each operation tells what it is, and of every field that it changes what it was. */
async function expectShown({ operations }: ProposalView): Promise<void> {
  const rows = await records();
  for (const operation of operations) {
    expect(operation.title).not.toBe('');
    // Another person's records are never even proposed.
    expect(JSON.stringify(operation)).not.toContain(ids['foreign'] ?? '–');
    for (const { field, shown, stored } of fieldsChanged(operation, rows))
      expect([field, shown]).toEqual([field, stored]);
  }
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
    expect(changesOf(before, await records())).toEqual([]);
    for (const { id } of run.proposals) await expectShown(await steward.api.getProposal({ proposalId: id }));
    if (!isFinished(run.status)) await approveOne(run);
  });

  test('was told to do something, or this proves nothing', () => {
    expect([...obeyed]).toEqual(expect.arrayContaining([...readers]));
    expect(widenedCalls).toBeGreaterThan(readers.length);
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
