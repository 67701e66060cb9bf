import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { StewardError } from '../../contract/errors.ts';
import { toStewardError } from '../errors.ts';
import type { Tables } from '../tables.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Identity = { readonly role: 'steward_user' | 'steward_service'; readonly userId: string };
type Work<T> = (tx: Transaction<Tables>) => Promise<T>;

// Below the 10 s that an activity on the database has: whoever waits for a row of a stopped process gives its connection
// back before the next try takes another, and stands in no queue for that row any more.
const lockTimeout = '8s';

async function runAs<T>(owner: Kysely<Tables>, identity: Identity, work: Work<T>): Promise<T> {
  try {
    return await owner.transaction().execute(async (tx) => {
      // All last until the end of the transaction. As literals, so that the transaction's `begin` travels with them.
      const [role, userId] = [sql.lit(identity.role), sql.lit(identity.userId)];
      const settings = sql`set_config('role', ${role}, true), set_config('steward.user_id', ${userId}, true)`;
      await sql`select ${settings}, set_config('lock_timeout', ${sql.lit(lockTimeout)}, true)`.execute(tx);
      return work(tx);
    });
  } catch (error) {
    throw toStewardError(error);
  }
}

/** Runs `work` unless its caller is itself running under the same guard. */
function createNestingGuard(): <T>(work: () => Promise<T>) => Promise<T> {
  const current = new AsyncLocalStorage<{ open: boolean }>();
  return async (work) => {
    // Awaited, it would wait for ever on the embedded database; not awaited, it would not see what the outer one did.
    if (current.getStore()?.open === true) {
      throw new StewardError('internal', 'A transaction was opened inside another one: pass its tx on instead.');
    }
    const state = { open: true };
    try {
      return await current.run(state, work);
    } finally {
      state.open = false;
    }
  };
}

/** The role-bound half of `Database`, over a connection of the tables' owner. */
export function roleBound(owner: Kysely<Tables>): {
  asUser<T>(userId: string, work: Work<T>): Promise<T>;
  asService<T>(work: Work<T>): Promise<T>;
  ping(): Promise<void>;
} {
  const guard = createNestingGuard();
  return {
    async asUser(userId, work) {
      if (!uuidPattern.test(userId)) throw new StewardError('invalid_input', 'A user id must be a UUID.');
      return guard(() => runAs(owner, { role: 'steward_user', userId }, work));
    },
    async asService(work) {
      return guard(() => runAs(owner, { role: 'steward_service', userId: '' }, work));
    },
    async ping() {
      try {
        await sql`select 1`.execute(owner);
      } catch (error) {
        throw toStewardError(error);
      }
    },
  };
}
