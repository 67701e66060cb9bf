import { z } from 'zod';
import type { JsonObject } from '../../contract/json.ts';

/** A fault in a request, in the shape in which OpenAI's API reports it. */
export type ApiFault = {
  readonly status: number;
  readonly message: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly type: string;
};

export type ChatMessage = {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'function';
  readonly text: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly toolCallId: string | null;
};
export type ChatTool = { readonly name: string; readonly description: string; readonly parameters: JsonObject };
export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly maxTokens: number | null;
  readonly responseFormat: {
    readonly kind: 'text' | 'json_object' | 'json_schema';
    readonly name: string | null;
    readonly schema: JsonObject | null;
  };
  readonly tools: readonly ChatTool[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
};

const part = z.looseObject({ type: z.string(), text: z.string().optional() });
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(part)]).nullish(),
  tool_call_id: z.string().nullish(),
  tool_calls: z
    .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string(), arguments: z.string() }) }))
    .nullish(),
});
const jsonSchema = z.looseObject({ name: z.string().min(1), schema: z.record(z.string(), z.json()).optional() });
const body = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  n: z.literal(1).nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('text') }),
      z.looseObject({ type: z.literal('json_object') }),
      z.looseObject({ type: z.literal('json_schema'), json_schema: jsonSchema }),
    ])
    .nullish(),
  tools: z
    .array(
      z.looseObject({
        type: z.literal('function'),
        function: z.looseObject({
          name: z.string().min(1),
          description: z.string().nullish(),
          parameters: z.record(z.string(), z.json()).nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([z.enum(['auto', 'none', 'required']), z.looseObject({ function: z.looseObject({ name: z.string() }) })])
    .nullish(),
});
type Body = z.output<typeof body>;

/** The fault of a bad request: HTTP 400, naming the field. */
export function badRequest(text: string, param: string | null): ApiFault {
  return { status: 400, message: text, param, code: null, type: 'invalid_request_error' };
}

function readMessage(raw: Body['messages'][number]): ChatMessage {
  const text =
    typeof raw.content === 'string' ? raw.content : (raw.content ?? []).map((item) => item.text ?? '').join('\n');
  const toolCalls = (raw.tool_calls ?? []).map((call) => ({
    id: call.id,
    name: call.function.name,
    arguments: call.function.arguments,
  }));
  return { role: raw.role, text, toolCalls, toolCallId: raw.tool_call_id ?? null };
}

function readFormat(format: Body['response_format']): ChatRequest['responseFormat'] {
  if (format === null || format === undefined || format.type === 'text')
    return { kind: 'text', name: null, schema: null };
  if (format.type === 'json_object') return { kind: 'json_object', name: null, schema: null };
  return { kind: 'json_schema', name: format.json_schema.name, schema: format.json_schema.schema ?? null };
}

/** Checks the body of a chat completion. Unknown fields are let through, as every compatible server does. */
export function readBody(
  value: unknown,
): { readonly ok: true; readonly request: ChatRequest } | { readonly ok: false; readonly fault: ApiFault } {
  const parsed = body.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = (issue?.path ?? []).reduce<string>(
      (whole, key) =>
        typeof key === 'number' ? `${whole}[${key}]` : whole === '' ? String(key) : `${whole}.${String(key)}`,
      '',
    );
    return {
      ok: false,
      fault: badRequest(
        path === ''
          ? 'The body must be a JSON object.'
          : `Invalid value for '${path}': ${issue?.message ?? 'not valid'}.`,
        path === '' ? null : path,
      ),
    };
  }
  const data = parsed.data;
  const choice = data.tool_choice ?? 'auto';
  return {
    ok: true,
    request: {
      model: data.model,
      messages: data.messages.map(readMessage),
      stream: data.stream ?? false,
      includeUsage: data.stream_options?.include_usage ?? false,
      maxTokens: data.max_completion_tokens ?? data.max_tokens ?? null,
      responseFormat: readFormat(data.response_format),
      tools: (data.tools ?? []).map((tool) => ({
        name: tool.function.name,
        description: tool.function.description ?? '',
        parameters: tool.function.parameters ?? { type: 'object', properties: {} },
      })),
      toolChoice: typeof choice === 'string' ? choice : { name: choice.function.name },
    },
  };
}
