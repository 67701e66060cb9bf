import { asObject, asText } from '../json-values.ts';
import type { Json } from '../../../contract/json.ts';
import { existingTasks, outlineInput, plannedPhases, plannedTasks } from '../facts.ts';
import { buildOutline } from '../outline/build-outline.ts';
import { readRequest } from '../read-request.ts';
import type { ModelRequest } from '../read-request.ts';
import type { ChatRequest } from '../request-body.ts';
import { answerAnalyze } from './analyze.ts';
import { answerDependencies } from './dependencies.ts';
import { fitToSchema } from '../generic/fit-schema.ts';
import { answerText, readMaterial } from '../generic/material.ts';
import { answerPlan } from './plan.ts';
import { jsonWithin } from '../generic/shrink.ts';
import { answerSummarize } from './summarize.ts';
import { answerTasks } from './tasks.ts';
import { takeTurn } from '../generic/tools.ts';
import type { ToolCall } from '../generic/tools.ts';

/** What the offline model answers: text (JSON where JSON was asked for), or a tool to call. */
export type Answer = { readonly content: string; readonly toolCall: ToolCall | null };

function answerPlanning(request: ModelRequest): Json {
  const { sections } = request;
  if (request.call === 'summarize') return answerSummarize(sections);
  const input = outlineInput(sections);
  const outline = buildOutline(input);
  switch (request.call) {
    case 'analyze':
      return answerAnalyze(outline, input);
    case 'plan':
      return answerPlan(outline);
    case 'tasks': {
      const projectId = asText(asObject(sections['project'])['id']);
      const existing = existingTasks(sections).filter(
        (task) => task.projectId === null || projectId === '' || task.projectId === projectId,
      );
      const phaseKey = asText(asObject(sections['parameters'])['phase']) || 'p1';
      return answerTasks(outline, { phaseKey, planned: plannedPhases(sections), existing, reference: input.reference });
    }
    default:
      return answerDependencies(plannedTasks(sections), outline);
  }
}

/** Answers one chat request. Pure: the same request has the same answer. */
export function answerRequest(request: ChatRequest): Answer {
  if (request.tools.length > 0 && request.toolChoice !== 'none') {
    const turn = takeTurn(request);
    return turn.kind === 'say'
      ? { content: turn.text, toolCall: null }
      : { content: turn.reasoning, toolCall: turn.call };
  }
  const read = readRequest(request);
  const intent = asText(read.sections['intent']);
  const text = intent === '' ? read.text : intent;
  if (read.call === null && request.responseFormat.kind === 'text')
    return { content: answerText(text), toolCall: null };
  const value = read.call === null ? undefined : answerPlanning(read);
  const fitted =
    read.schema === null
      ? (value ?? { summary: readMaterial(text).summary })
      : fitToSchema(value, read.schema, readMaterial(text));
  return { content: jsonWithin(fitted, request.maxTokens), toolCall: null };
}
