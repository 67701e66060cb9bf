import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import { json } from '../../src/db/values.ts';
import { digestOf } from '../support/digest.ts';
import type { Tx } from '../support/transaction.ts';

/** An answer worth keeping: asked at temperature 0, so asking the same again would tell nothing new. */
export type CacheEntry = { readonly key: string; readonly model: string; readonly answer: Json };

/** Names a request within one person's answers: nobody is answered from another's text. */
export function cacheKey(run: RunRef, request: JsonObject): string {
  return digestOf({ userId: run.userId, request });
}

/** The kept answer to the same request, or null. */
export async function findAnswer(
  tx: Tx,
  key: string,
): Promise<{ readonly model: string; readonly answer: Json } | null> {
  const row = await tx
    .selectFrom('model_answers')
    .select(['model', 'answer'])
    .where('cache_key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps an answer; the first of two at once stays. */
export async function keepAnswer(tx: Tx, run: RunRef, entry: CacheEntry): Promise<void> {
  await tx
    .insertInto('model_answers')
    .values({
      cache_key: entry.key,
      user_id: run.userId,
      model: entry.model,
      answer: json(entry.answer),
      usage: json({}),
    })
    .onConflict((conflict) => conflict.column('cache_key').doNothing())
    .execute();
}
