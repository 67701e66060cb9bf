import { asList, asObject, asText } from '../json-values.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import type { ChatRequest, ChatTool } from '../request-body.ts';
import { contentWords, shortened } from '../text/clean.ts';
import { fitToSchema } from './fit-schema.ts';
import { readMaterial } from './material.ts';
import { reportResult } from './report.ts';
import { readSections } from '../sections.ts';
import type { Reading } from '../answer/answerer.ts';
import { offlineName } from '../answer/phrases.ts';
import { findAgent } from '../answer/registry.ts';
import { readRequest } from '../read-request.ts';

export type ToolCall = { readonly name: string; readonly arguments: JsonObject };
/** Asking for one tool, or answering in words. */
export type Turn =
  | { readonly kind: 'call'; readonly call: ToolCall; readonly reasoning: string }
  | { readonly kind: 'say'; readonly text: string };

const finishing = /^(?:finish|done|complete|submit|final|final_answer|return_result|answer)\b/iu;
const writing =
  /(?:^|[_.-])(?:create|update|delete|remove|add|apply|send|set|write|move|schedule|cancel|complete|assign|rename|merge|post|put|save|edit)(?:$|[_.-])/iu;
/** More reading than this finds nothing new by rules. */
const mostCalls = 6;
const reference = /(?:^|_|[a-z])(?:id|Id|ID)$/u;

function words(name: string): readonly string[] {
  return contentWords(name.replace(/([a-z])([A-Z])/gu, '$1 $2').replaceAll(/[_.-]/gu, ' '));
}

/** A value that the conversation already gives under the same name ("projectId": "…"). A bare "id" may be anything's. */
function known(name: string, talk: string): string | null {
  if (name === 'id') return null;
  const escaped = name.replace(/[^\w]/gu, '');
  return new RegExp(`"?${escaped}"?\\s*[:=]\\s*"?(?!null\\b)([\\w-]{1,80})`, 'u').exec(talk)?.[1] ?? null;
}

/** Arguments that the tool's schema allows; null when it needs a reference that nothing gives. */
function argumentsFor(tool: ChatTool, goal: string, talk: string): JsonObject | null {
  const properties = asObject(tool.parameters['properties']);
  const required = asList(tool.parameters['required']).filter((name) => typeof name === 'string');
  const given: Record<string, Json> = {};
  for (const name of required) {
    const found = known(name, talk);
    if (found !== null) given[name] = found;
    else if (reference.test(name) && asObject(properties[name])['type'] === 'string') return null;
    else if (/^(?:query|q|search|text|topic|keywords?|term)$/iu.test(name))
      given[name] = shortened(contentWords(goal).slice(0, 8).join(' ') || goal, 200);
  }
  return asObject(fitToSchema(given, tool.parameters, readMaterial(goal)));
}

function readings(request: ChatRequest): readonly Reading[] {
  const names = new Map(request.messages.flatMap(({ toolCalls }) => toolCalls.map(({ id, name }) => [id, name])));
  return request.messages.flatMap(({ role, text, toolCallId }) =>
    role === 'tool' ? [{ tool: names.get(toolCallId ?? '') ?? 'tool', text }] : [],
  );
}

/** The goal in the person's words: the section that holds it, or the first thing that was said. */
function goalOf(request: ChatRequest): string {
  const said = request.messages.find((message) => message.role === 'user')?.text ?? '';
  const { intent, goal } = readSections(said);
  const named = [asText(intent), asText(goal)].find((text) => text !== '');
  return named ?? said;
}

function finish(tool: ChatTool | undefined, request: ChatRequest, goal: string): Turn {
  const results = request.messages.filter((message) => message.role === 'tool').map((message) => message.text);
  const summary = shortened(
    `${offlineName} read ${results.length} ${results.length === 1 ? 'source' : 'sources'} for: ${goal}. ${results.map((text) => shortened(text, 300)).join(' ')}`,
    2_000,
  );
  if (tool === undefined) return { kind: 'say', text: `[${offlineName}: rules, no language model]\n\n${summary}` };
  const material = { ...readMaterial(goal), summary };
  const properties = asObject(tool.parameters['properties']);
  const reasoning = `${offlineName}: nothing more to read; it ends with what was found.`;
  if ('report' in properties) {
    const result = asObject(fitToSchema(reportResult(goal, readings(request)), tool.parameters, material));
    return { kind: 'call', call: { name: tool.name, arguments: result }, reasoning };
  }
  const texts = Object.keys(properties).filter(
    (name) =>
      /summary|result|answer|report|conclusion|text|markdown/iu.test(name) &&
      asObject(properties[name])['type'] === 'string',
  );
  const given = Object.fromEntries(texts.map((name) => [name, summary]));
  return {
    kind: 'call',
    call: { name: tool.name, arguments: asObject(fitToSchema(given, tool.parameters, material)) },
    reasoning,
  };
}

/** The turn of an agent that the offline model was taught, or null: its reads in order, as far as granted, then its result. */
function taughtTurn(request: ChatRequest, end: ChatTool | undefined): Turn | null {
  const system = request.messages.filter((message) => message.role === 'system').map((message) => message.text);
  const agent = findAgent(system.join('\n'));
  if (agent === null || end === undefined) return null;
  const { sections } = readRequest(request);
  const granted = new Set(request.tools.map((tool) => tool.name));
  const made = request.messages.flatMap((message) => message.toolCalls).length;
  const read = readings(request);
  const call = agent.reads(sections, read).filter(({ name }) => granted.has(name))[made];
  if (call !== undefined) return { kind: 'call', call, reasoning: `${offlineName}: it reads what its rules name.` };
  const result = asObject(fitToSchema(agent.finish(sections, read), end.parameters, readMaterial('')));
  return {
    kind: 'call',
    call: { name: end.name, arguments: result },
    reasoning: `${offlineName}: it has read enough.`,
  };
}

/**
 * One turn of an agent loop by rules: read with the tool that shares most words with the goal and was not called yet,
 * never write, then finish with a summary of what was read.
 */
export function takeTurn(request: ChatRequest): Turn {
  const goal = goalOf(request);
  const talk = request.messages.map((message) => message.text).join('\n');
  const called = new Set(request.messages.flatMap((message) => message.toolCalls.map((call) => call.name)));
  const end = request.tools.find((tool) => finishing.test(tool.name));
  const forced = typeof request.toolChoice === 'object' ? request.toolChoice.name : null;
  const named = request.tools.find((tool) => tool.name === forced);
  const taught = named === undefined ? taughtTurn(request, end) : null;
  if (taught !== null) return taught;
  if (named !== undefined)
    return {
      kind: 'call',
      call: {
        name: named.name,
        arguments: argumentsFor(named, goal, talk) ?? asObject(fitToSchema({}, named.parameters, readMaterial(goal))),
      },
      reasoning: `${offlineName}: the request names this tool.`,
    };
  const wanted = new Set(contentWords(goal));
  const candidates = request.tools
    .filter(
      (tool) => tool !== end && !called.has(tool.name) && !writing.test(tool.name.replace(/([a-z])([A-Z])/gu, '$1_$2')),
    )
    .map((tool) => ({
      tool,
      score: [...new Set([...words(tool.name), ...words(tool.name), ...contentWords(tool.description)])].filter(
        (word) => wanted.has(word),
      ).length,
    }))
    // A goal in other words than the tools' is looked up as it stands.
    .filter(
      ({ tool, score }) =>
        score > 0 || (called.size === 0 && /^search/iu.test(tool.name)) || request.toolChoice === 'required',
    )
    .toSorted((left, right) => right.score - left.score);
  for (const { tool, score } of called.size >= mostCalls ? [] : candidates) {
    const chosen = argumentsFor(tool, goal, talk);
    if (chosen !== null)
      return {
        kind: 'call',
        call: { name: tool.name, arguments: chosen },
        reasoning: `${offlineName}: "${tool.name}" shares ${score} words with the goal and was not read yet.`,
      };
  }
  return finish(end, request, goal);
}
