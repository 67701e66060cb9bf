import type { JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import { json } from '../../src/db/values.ts';
import type { ChatMessage, ToolCall } from '../../src/models/model-service.ts';
import { asJson } from '../support/json-value.ts';
import type { Tx } from '../support/transaction.ts';

/** An agent loop's messages live in the database; `loop` names them within the run. */
export type Loop = { readonly run: RunRef; readonly loop: string };

// Only `appendMessage` writes transcripts: what is read is what it was given.
function asMessage(message: JsonObject): ChatMessage {
  return message as unknown as ChatMessage;
}

/** The loop's messages, oldest first. */
export async function readTranscript(tx: Tx, { run, loop }: Loop): Promise<readonly ChatMessage[]> {
  const rows = await tx
    .selectFrom('transcripts')
    .select('message')
    .where('run_id', '=', run.runId)
    .where('path', '=', loop)
    .orderBy('position')
    .execute();
  return rows.map((row) => asMessage(row.message));
}

/** Appends a message. The run's row must be locked (by `writeChanges`), so that positions have no gaps and no twins. */
export async function appendMessage(
  tx: Tx,
  { run, loop }: Loop,
  appended: { readonly message: ChatMessage; readonly tokens: number },
): Promise<void> {
  const last = await tx
    .selectFrom('transcripts')
    .select((row) => row.fn.max('position').as('position'))
    .where('run_id', '=', run.runId)
    .where('path', '=', loop)
    .executeTakeFirst();
  const position = (last?.position ?? -1) + 1;
  await tx
    .insertInto('transcripts')
    .values({
      run_id: run.runId,
      user_id: run.userId,
      path: loop,
      position,
      message: json(asJson(appended.message)),
      tokens: appended.tokens,
    })
    .execute();
}

/** The call that the model asked for under this id, and whether its result is in the transcript already. */
export async function findCall(
  tx: Tx,
  loop: Loop,
  callId: string,
): Promise<{ readonly call: ToolCall | null; readonly answered: boolean }> {
  const messages = await readTranscript(tx, loop);
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  return {
    call: calls.find((call) => call.id === callId) ?? null,
    answered: messages.some((message) => message.role === 'tool' && message.toolCallId === callId),
  };
}
