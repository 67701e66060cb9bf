import type { StewardApi } from '../../src/api/steward-api.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { RequestView, RunDetail } from '../../src/contract/views.ts';
import { catalog } from '../../workflows/catalog.ts';
import { handleOf, until } from './runs.ts';
import type { TestSteward } from './steward.ts';

/** Ids of records that are there, by the field of an input that names such a record. */
export type RecordIds = Readonly<Record<string, string>>;

/** A project with tasks, a note, a stored brain dump and a meeting: something to do for every type. */
export async function makeRecords({ api }: Pick<TestSteward, 'api'>): Promise<RecordIds> {
  const make = async (kind: 'projects' | 'tasks' | 'notes' | 'brain-dumps', values: JsonObject): Promise<string> =>
    (await api.createRecord({ kind, values })).id;
  const projectId = await make('projects', { name: 'Community garden' });
  const task = { project_id: projectId, priority: 'high', deadline: '2026-01-05T12:00:00Z' };
  const taskId = await make('tasks', { ...task, title: 'Build the raised beds: buy wood, saw it, screw it together' });
  await make('tasks', { ...task, title: 'Sow the beans', priority: 'critical' });
  await make('tasks', { ...task, title: 'Sow the beans!', priority: 'low' });
  const content = 'The lease of the garden ends in March. The deposit is 300 euros. Beds face south.';
  await make('notes', { title: 'Lease of the garden', content, project_id: projectId });
  const brainDumpId = await make('brain-dumps', { content: 'call the nursery by Friday, and water the beans' });
  const day = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const event = ['BEGIN:VEVENT', 'UID:weekly@test', `DTSTAMP:${day}T080000Z`, `DTSTART:${day}T090000Z`];
  const rest = ['DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4', 'SUMMARY:Garden meeting', 'END:VEVENT'];
  const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//', ...event, ...rest, 'END:VCALENDAR', ''];
  await api.importCalendar({ text: calendar.join('\r\n') });
  return { projectId, taskId, brainDumpId };
}

/** The inputs a type gives as examples, with records that are there in the place of ids. */
export function examplesOf(type: string, ids: RecordIds): readonly JsonObject[] {
  const named = (input: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(input).map(([key, value]) => [key, ids[key] ?? value]));
  return catalog.get(type)?.examples.map(named) ?? [];
}

export type TypeCase = { readonly type: string; readonly input: JsonObject };

/** One run of each type, with the first of its examples. */
export function everyType(ids: RecordIds): readonly TypeCase[] {
  return catalog.names().flatMap((type) =>
    examplesOf(type, ids)
      .slice(0, 1)
      .map((input) => ({ type, input })),
  );
}

export function everyExample(ids: RecordIds): readonly TypeCase[] {
  return catalog.names().flatMap((type) => examplesOf(type, ids).map((input) => ({ type, input })));
}

/** How the server sees the run's workflow: a task that fails again and again is a run that hangs. */
async function attemptsOf(steward: TestSteward, runId: string): Promise<number> {
  const { raw } = await handleOf(steward, runId).describe();
  return raw.pendingWorkflowTask?.attempt ?? 0;
}

/** What answers a question: its default where it has one, consent to a call. */
export function answerTo({ kind, questions }: RequestView): Json {
  if (kind === 'confirmation') return true;
  const answers: Record<string, Json> = {};
  for (const one of questions)
    answers[one.key] = one.default ?? one.options[0] ?? (one.kind === 'boolean' ? false : 'none');
  return answers;
}

/** Questions get their defaults and calls their consent. What asks for a decision is left, and false. */
export async function answered(api: StewardApi, request: RequestView): Promise<boolean> {
  const { id, kind } = request;
  if (kind !== 'clarification' && kind !== 'confirmation') return false;
  await api.answerRequest({ requestId: id, value: answerTo(request), messageId: `answer-${id}` });
  return true;
}

/** The run once it asks for a decision or is over; what it asks before that is answered by defaults. */
export async function settled(steward: TestSteward, runId: string, patientMs = 120_000): Promise<RunDetail> {
  const read = async (): Promise<RunDetail | null> => {
    const run = await steward.api.getRun({ runId });
    if (isFinished(run.status)) return run;
    const open = run.requests.find((request) => request.status === 'open' && request.id === run.waitingOn?.id);
    if (open === undefined) {
      const attempts = await attemptsOf(steward, runId).catch(() => 0);
      if (attempts > 1) throw new Error(`its workflow task fails, attempt ${attempts}`);
      return null;
    }
    return (await answered(steward.api, open)) ? null : run;
  };
  // A model whose circuit is open is tried again after 30 s.
  return await until(`run ${runId} asks or ends`, read, patientMs);
}
