import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Tables } from '../../src/db/tables.ts';

/** An open transaction of the database, as the service role. */
export type Tx = Transaction<Tables>;

/**
 * Runs `work` so that its failure undoes only what it did itself: the transaction goes on. Savepoints of one name nest
 * and shadow each other, as SQL has it.
 */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(tx);
  try {
    const result = await work();
    await sql`release savepoint part`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx);
    await sql`release savepoint part`.execute(tx);
    throw error;
  }
}
