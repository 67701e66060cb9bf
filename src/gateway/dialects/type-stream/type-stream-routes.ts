import { z } from 'zod';
import type { StartRun } from '../../../api/runs-api.ts';
import type { JsonObject } from '../../../contract/json.ts';
import type { TypeStream } from '../../../contract/types/stream.ts';
import { budgetInput } from '../../../schemas/common-input.ts';
import { jsonObject } from '../../../schemas/views/common.ts';
import { asMessage } from '../../routes/runs/as-message.ts';
import { defineRoute } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import { tellProgress } from './tell-progress.ts';

const text = z.string('expected some text').trim().min(1, 'there is nothing to read').exactOptional();
const body = z
  .object({
    content: text.meta({ description: 'The text.' }),
    text: text.meta({ description: 'The same, by another name.' }),
    options: jsonObject.exactOptional(),
    budget: budgetInput.exactOptional(),
    name: z.string().trim().min(1).max(200).exactOptional(),
  })
  .catchall(z.json())
  .refine((value) => value.content === undefined || value.text === undefined, {
    path: ['text'],
    message: 'is the same as content: send one of the two',
  })
  .meta({
    id: 'StreamedStart',
    description: 'The text, options and budget of the run; every other field is one of the input of its type.',
  });

/** The start that a body means: its text under the type's own name, its other fields as input. */
function startOf({ type, textField }: TypeStream, sent: z.infer<typeof body>): StartRun {
  const { content, text: same, options, budget, name, ...rest } = sent;
  const written = content ?? same;
  const input: JsonObject = { ...rest, ...(written === undefined ? {} : { [textField]: written }) };
  return {
    type,
    input,
    ...(options === undefined ? {} : { options }),
    ...(budget === undefined ? {} : { budget: JSON.parse(JSON.stringify(budget)) as JsonObject }),
    ...(name === undefined ? {} : { name }),
  };
}

function operationName(type: string): string {
  return `stream${type.replaceAll(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase())}`;
}

/** A route for every type that tells of its runs in a stream of its own (B17). */
export function typeStreamRoutes(streams: readonly TypeStream[]): readonly Route[] {
  return streams.map((stream) =>
    defineRoute({
      method: 'post',
      path: stream.path,
      tag: 'Dialects',
      operation: operationName(stream.type),
      summary: stream.summary,
      description: [
        `Starts a run of \`${stream.type}\` and tells of it by Server-Sent Events, each a JSON object with \`phase\` and \`progress\` (0 to 100):`,
        `\`started\`, ${stream.progress.map(({ name }) => `\`${name}\``).join(', ')}, \`question\` and \`review\` while it waits for a person, and \`complete\` with the applied operations in \`result\`.`,
        'An event `error` carries a problem document. Who leaves early does not stop the run.',
      ].join(' '),
      access: ['runs'],
      body,
      bodyLimit: 'json',
      answers: { 200: { description: 'The progress of the run, until it ends.', mediaType: 'text/event-stream' } },
      handle: async ({ api, body: sent, messageId }) => {
        const { run } = await api.startRun({ ...startOf(stream, sent), ...asMessage(messageId) });
        return {
          kind: 'events',
          open: (signal) => tellProgress(api, { runId: run.id, progress: stream.progress, signal }),
        };
      },
    }),
  );
}
