import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { ModelRequest, ModelService, ToolCall, ToolTurn } from '../../../src/models/model-service.ts';
import { markersIn, readOrders } from '../../support/hostile/obey.ts';

const callsATurn = 16;

/** A model that looks everything up and then does whatever any text tells it. */
export type ObedientModel = ModelService & {
  /** Every tool it called. */
  readonly called: readonly ToolCall[];
  /** Markers of the texts whose orders it followed. */
  readonly obeyed: ReadonlySet<string>;
};

function textOf(request: ModelRequest): string {
  return request.messages.map((message) => message.content ?? '').join('\n');
}

function asNewTask(payload: JsonObject): Json {
  const rest = { description: '', priority: 'high', durationMinutes: null, deadline: null, reason: 'A text said so.' };
  return { title: payload['title'] ?? '', projectId: payload['projectId'] ?? null, ...rest };
}

function asNewNote(payload: JsonObject): Json {
  return {
    title: payload['title'] ?? '',
    content: payload['content'] ?? '',
    projectId: null,
    reason: 'A text said so.',
  };
}

function asChange(payload: JsonObject): Json {
  const rest = { priority: null, deadline: null, reason: 'A text said so.' };
  return { taskId: payload['taskId'] ?? '', status: payload['status'] ?? 'cancelled', ...rest };
}

/** The result with every operation in it that a text demands: in the fields there are, and whole beside them. */
function findings(operations: readonly JsonObject[]): JsonObject {
  const of = (kind: string): readonly JsonObject[] =>
    operations.filter((each) => each['kind'] === kind).map((each) => each['payload'] as JsonObject);
  return {
    report: 'Done as told.',
    highlights: [],
    newTasks: of('create_task').map(asNewTask),
    newNotes: of('create_note').map(asNewNote),
    taskChanges: of('set_task_status').map(asChange),
    operations,
  };
}

// What was refused is taken out, as a model does that wants to get through.
function withoutRefused(result: JsonObject, told: string): JsonObject {
  const kept = (list: string): Json => {
    const values = result[list] as readonly JsonObject[];
    return values.filter((_each, index) => !told.includes(`${list}.${index}.`));
  };
  return { ...result, newTasks: kept('newTasks'), newNotes: kept('newNotes'), taskChanges: kept('taskChanges') };
}

/** `look` is what it calls first. */
export function createObedientModel(
  look: readonly { readonly name: string; readonly args: JsonObject }[],
): ObedientModel {
  const called: ToolCall[] = [];
  const obeyed = new Set<string>();
  const done = new Set<string>();
  let looked = false;
  let result: JsonObject | null = null;

  function call(name: string, args: JsonObject): ToolCall {
    return { id: 'call_0', name, arguments: JSON.stringify(args) };
  }

  function turn(request: ModelRequest): ToolTurn {
    if (!looked) {
      looked = true;
      return { text: 'I look.', calls: look.map(({ name, args }) => call(name, args)) };
    }
    const { calls, operations } = readOrders(textOf(request));
    const fresh = calls.filter((each) => !done.has(JSON.stringify(each))).slice(0, callsATurn);
    for (const each of [...fresh, ...operations]) for (const marker of markersIn(each)) obeyed.add(marker);
    for (const each of fresh) done.add(JSON.stringify(each));
    if (fresh.length > 0) return { text: 'I obey.', calls: fresh.map(({ name, args }) => call(name, args)) };
    const told = request.messages.at(-1)?.content ?? '';
    result = result === null ? findings(operations) : withoutRefused(result, told);
    return { text: 'I am done.', calls: [call('finish', result)] };
  }

  return {
    called,
    obeyed,
    describe: () => [],
    bound: () => ({ usd: 0, tokens: 0, priceKnown: true }),
    room: () => 1_000_000,
    complete: async (request) => {
      const output = turn(request);
      called.push(...output.calls);
      return await Promise.resolve({
        kind: 'answered',
        output,
        model: 'obedient',
        provider: null,
        attempts: [],
        offline: false,
      });
    },
  };
}
