import type { Transaction } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import { findUserContext } from '../../db/records/user-context.ts';
import { findUser } from '../../db/users.ts';
import { defaultWorkingHours, workingHoursSchema } from '../../schemas/working-hours.ts';
import type { WorkingHours } from '../../schemas/working-hours.ts';

export type Person = { readonly timeZone: string; readonly workingHours: WorkingHours };

/** Where and when a person works: what they said of themselves, or what is usual. */
export async function readPerson(tx: Transaction<Tables>, userId: string): Promise<Person> {
  const context = await findUserContext(tx, { userId });
  const user = await findUser(tx, { id: userId });
  const hours = workingHoursSchema.safeParse(context?.working_hours);
  return {
    timeZone: context?.timezone ?? user?.timezone ?? 'UTC',
    workingHours: hours.success ? hours.data : defaultWorkingHours,
  };
}
