import type { UserContextFacts } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import { personColumns } from '../../../src/contract/facts/person.ts';
import type { Tx } from '../transaction.ts';

/** What is known of the person and of their working time. */
export type Person = {
  readonly timeZone: string;
  readonly facts: UserContextFacts | null;
  /** As stored; null when the person never said. */
  readonly workingHours: Json;
  readonly dailyFocusMinutes: number | null;
};

/**
 * Reads a person's context; who has written none lives in the zone of their account. A run whose options name a
 * `timeZone` sees the person there.
 */
export async function readPerson(tx: Tx, userId: string, optionZone: string | null = null): Promise<Person> {
  const context = await tx
    .selectFrom('users')
    .leftJoin('user_context as context', 'context.user_id', 'users.id')
    .selectAll('context')
    .select('users.timezone as account_zone')
    .where('users.id', '=', userId)
    .executeTakeFirst();
  const timeZone = optionZone ?? context?.timezone ?? context?.account_zone ?? 'UTC';
  if (context === undefined || context.user_id === null)
    return { timeZone, facts: null, workingHours: null, dailyFocusMinutes: null };
  const known = Object.values(personColumns).flatMap((column): [string, string][] => {
    const text = context[column];
    return text === null || text.trim() === '' ? [] : [[column, text]];
  });
  const extra = Object.entries(context.extra ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const facts = { timeZone, fields: Object.fromEntries([...extra, ...known]) };
  return { timeZone, facts, workingHours: context.working_hours, dailyFocusMinutes: context.daily_focus_minutes };
}
