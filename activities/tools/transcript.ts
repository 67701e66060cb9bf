import { sql } from 'kysely';
import type { JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import { json } from '../../src/db/values.ts';
import type { ChatMessage, ToolCall } from '../../src/models/model-service.ts';
import { asJson } from '../support/json-value.ts';
import type { Tx } from '../support/transaction.ts';

/** An agent loop's messages live in the database; `loop` names them within the run. */
export type Loop = { readonly run: RunRef; readonly loop: string };

/** A message and about how many tokens it takes at most. */
export type Entry = { readonly message: ChatMessage; readonly tokens: number };

/** System and user: the rules of the work, and its goal. */
const openingMessages = 2;
/** Of calls in one turn; more are answered without being made. */
export const mostCallsATurn = 16;

// Only `appendMessage` writes transcripts: what is read is what it was given.
function asMessage(message: JsonObject): ChatMessage {
  return message as unknown as ChatMessage;
}

function rowsOf(tx: Tx, { run, loop }: Loop) {
  return tx.selectFrom('transcripts').where('run_id', '=', run.runId).where('path', '=', loop);
}

async function lastRow(
  tx: Tx,
  of: Loop,
): Promise<{ readonly position: number; readonly turn: number | null } | undefined> {
  return await rowsOf(tx, of)
    .select(['position', sql<number | null>`(message->>'turn')::int`.as('turn')])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The loop's messages, oldest first. */
export async function readTranscript(tx: Tx, of: Loop): Promise<readonly ChatMessage[]> {
  const rows = await rowsOf(tx, of).select('message').orderBy('position').execute();
  return rows.map((row) => asMessage(row.message));
}

/** The messages that open the loop; empty before its first turn. */
export async function readOpening(tx: Tx, of: Loop): Promise<readonly Entry[]> {
  const rows = await rowsOf(tx, of)
    .select(['message', 'tokens'])
    .where('position', '<', openingMessages)
    .orderBy('position')
    .execute();
  return rows.map(({ message, tokens }) => ({ message: asMessage(message), tokens }));
}

async function readFromEnd(tx: Tx, of: Loop, within: { readonly from: number; readonly limit: number }) {
  const rows = await rowsOf(tx, of)
    .select(['message', 'tokens'])
    .where('position', '>=', within.from)
    .orderBy('position', 'desc')
    .limit(within.limit)
    .execute();
  return rows.reverse().map(({ message, tokens }): Entry => ({ message: asMessage(message), tokens }));
}

/** The latest messages after the opening, oldest first: at most `limit`, so that a long loop is never read whole. */
export async function readLatest(tx: Tx, of: Loop, limit: number): Promise<readonly Entry[]> {
  return await readFromEnd(tx, of, { from: openingMessages, limit });
}

/**
 * Appends a message, of the latest turn unless told otherwise. The run's row must be locked (by `writeChanges`), so that
 * positions have no gaps and no twins.
 */
export async function appendMessage(
  tx: Tx,
  { run, loop }: Loop,
  appended: Entry & { readonly turn?: number },
): Promise<void> {
  const last = await lastRow(tx, { run, loop });
  const turn = appended.turn ?? last?.turn ?? 0;
  await tx
    .insertInto('transcripts')
    .values({
      run_id: run.runId,
      user_id: run.userId,
      path: loop,
      position: (last?.position ?? -1) + 1,
      message: json(asJson({ ...appended.message, turn })),
      tokens: appended.tokens,
    })
    .execute();
}

/** Drops what a turn and those after it left: it is taken anew, from a rerun of the run. */
export async function dropFromTurn(tx: Tx, { run, loop }: Loop, turn: number): Promise<void> {
  const last = await lastRow(tx, { run, loop });
  if ((last?.turn ?? -1) < turn) return;
  await tx
    .deleteFrom('transcripts')
    .where('run_id', '=', run.runId)
    .where('path', '=', loop)
    .where(sql<boolean>`(message->>'turn')::int >= ${turn}`)
    .execute();
}

/** The call of the latest turn that the model asked for under this id, and its result if it is in the transcript already. */
export async function findCall(
  tx: Tx,
  of: Loop,
  callId: string,
): Promise<{ readonly call: ToolCall | null; readonly answered: boolean }> {
  const latest = await readFromEnd(tx, of, { from: 0, limit: 3 * mostCallsATurn });
  const calls = latest.flatMap(({ message }) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
  return {
    call: calls.findLast((call) => call.id === callId) ?? null,
    answered: latest.some(({ message }) => message.role === 'tool' && message.toolCallId === callId),
  };
}

/** Replaces the result of a call that is made again, from a rerun of the run. */
export async function replaceResult(
  tx: Tx,
  { run, loop }: Loop,
  { message, tokens }: { readonly message: ChatMessage & { readonly role: 'tool' }; readonly tokens: number },
): Promise<void> {
  await tx
    .updateTable('transcripts')
    .set({ message: sql`message || ${json(asJson({ content: message.content }))}`, tokens })
    .where('run_id', '=', run.runId)
    .where('path', '=', loop)
    .where(sql<boolean>`message->>'toolCallId' = ${message.toolCallId}`)
    .execute();
}

/** The whole result of an earlier call of the loop; null when there is none of that id. */
export async function findResult(tx: Tx, of: Loop, callId: string): Promise<string | null> {
  const row = await rowsOf(tx, of)
    .select('message')
    .where(sql<boolean>`message->>'toolCallId' = ${callId}`)
    .executeTakeFirst();
  return row === undefined ? null : (asMessage(row.message).content ?? null);
}
