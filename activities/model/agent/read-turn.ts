import { z } from 'zod';
import type { Problem } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { parseJson } from '../../../src/models/calls/parse-json.ts';
import type { ToolCall, ToolDescription, ToolTurn } from '../../../src/models/model-service.ts';
import type { AnyAgent } from '../../../src/schemas/workflow-contract.ts';
import { digestOf } from '../../support/digest.ts';
import { readArguments, visibleArguments } from '../../tools/toolbox.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { mostCallsATurn } from '../../tools/transcript.ts';
import type { ToolCallOutline } from '../api.ts';

const finishName = 'finish';

/** What a turn comes to: calls to make, a result to check, or neither. `answers` are told at once, by call id. */
export type ReadTurn = {
  readonly text: string | null;
  readonly calls: readonly ToolCall[];
  readonly toMake: readonly ToolCall[];
  readonly finish: { readonly callId: string | null; readonly value: unknown } | null;
  readonly answers: readonly { readonly callId: string; readonly text: string }[];
};

// Of nine letters and digits, which is what the strictest provider takes; the same turn has the same ids on every retry.
function callId(turn: number, index: number): string {
  return `t${String(turn).padStart(5, '0')}c${String(index).padStart(2, '0')}`;
}

/** The tool that ends the work: its arguments are the result, by the agent's own schema. */
export function finishTool(agent: AnyAgent): ToolDescription {
  // zod writes plain JSON Schema objects.
  const parameters = z.toJSONSchema(agent.result, { io: 'output' }) as unknown as JsonObject;
  return { name: finishName, description: 'Ends the work with its result.', parameters };
}

const finishAlone = 'Not yet: call finish alone, once the results of all other calls are there.';
const tooMany = `Not made: at most ${mostCallsATurn} calls are made in one turn. Call it again.`;

/** Reads a model's turn under ids of our own: providers' ids repeat, and some give none. */
export function readTurn(turn: ToolTurn, number: number): ReadTurn {
  const calls = turn.calls.slice(0, 2 * mostCallsATurn).map((call, index) => ({ ...call, id: callId(number, index) }));
  const { text } = turn;
  const ends = calls.filter((call) => call.name === finishName);
  const others = calls.filter((call) => call.name !== finishName);
  const [end] = ends;
  if (end !== undefined && calls.length === 1) {
    const parsed = parseJson(end.arguments);
    const finish = { callId: end.id, value: parsed.ok ? parsed.value : end.arguments };
    return { text, calls, toMake: [], finish, answers: [] };
  }
  if (calls.length === 0) {
    // Some models end with the result as their answer instead of as a call.
    const parsed = parseJson(text ?? '');
    return { text, calls, toMake: [], finish: parsed.ok ? { callId: null, value: parsed.value } : null, answers: [] };
  }
  const answers = [
    ...ends.map(({ id }) => ({ callId: id, text: finishAlone })),
    ...others.slice(mostCallsATurn).map(({ id }) => ({ callId: id, text: tooMany })),
  ];
  return { text, calls, toMake: others.slice(0, mostCallsATurn), finish: null, answers };
}

type CheckedResult =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a result by the agent's schema, and `references` by its own rules against the facts. */
export function checkResult(
  agent: AnyAgent,
  value: unknown,
  references: (result: Json) => readonly Problem[],
): CheckedResult {
  const parsed = agent.result.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { ok: false, problems };
  }
  // Parsed by the agent's own schema, which describes JSON only.
  const result = parsed.data as Json;
  const problems = references(result);
  return problems.length === 0 ? { ok: true, value: result } : { ok: false, problems };
}

const previewChars = 120;

/** What the workflow needs to know of a call; its arguments stay in the transcript. */
export function outlineCall(toolbox: Toolbox, call: ToolCall): ToolCallOutline {
  const checked = toolbox.check(call);
  const base = {
    callId: call.id,
    tool: call.name.slice(0, 64),
    digest: digestOf({ name: call.name, arguments: call.arguments }),
    preview: call.arguments.slice(0, previewChars),
  };
  if (checked.kind === 'refused')
    return { ...base, access: 'read', policy: 'auto', refusal: checked.refusal.slice(0, previewChars) };
  const { access, policy } = checked.tool;
  const args = readArguments(call.arguments);
  return {
    ...base,
    preview: policy === 'confirm' && args.ok ? visibleArguments(args.value) : base.preview,
    access,
    policy,
    refusal: null,
  };
}
