import { createHash, randomBytes } from 'node:crypto';
import { StewardError } from '../../contract/errors.ts';
import type { TimeWindow } from '../../contract/scheduling/schedule.ts';
import { findFeedOwner, listEvents, replaceFeed } from '../../db/calendar-events.ts';
import type { Database } from '../../db/database.ts';
import { writeCalendar } from '../ics/write.ts';
import type { CalendarProvider, FreeBusy, SpanQuery, TimeSpan } from '../provider.ts';
import { freeWindows } from '../working-hours.ts';
import { createEvent, deleteEvent, updateEvent } from './events.ts';
import { importIcs } from './import.ts';
import { listBusy, listInstances, readRange } from './instances.ts';
import { readPerson } from './person.ts';
import { toEvent } from './rows.ts';

/** Most events of a feed, newest first: readers give up on larger files. */
const maxFeedEvents = 10_000;

/** The calendar that Steward keeps itself, so that there always is one. */
export function createLocalCalendar({
  database,
}: {
  readonly database: Pick<Database, 'asUser' | 'asService'>;
}): CalendarProvider {
  return {
    importIcs: ({ userId, text }) =>
      database.asUser(userId, async (tx) =>
        importIcs(tx, { userId, text, timeZone: (await readPerson(tx, userId)).timeZone }),
      ),
    listInstances: ({ userId, ...span }) =>
      database.asUser(userId, async (tx) => {
        const { timeZone } = await readPerson(tx, userId);
        return listInstances(tx, { userId, ...readRange({ ...span, timeZone }) });
      }),
    freeBusy: (params) => readFreeBusy(database, params),
    createEvent: (params) => database.asUser(params.userId, (tx) => createEvent(tx, params)),
    updateEvent: (params) => database.asUser(params.userId, (tx) => updateEvent(tx, params)),
    deleteEvent: (params) => database.asUser(params.userId, (tx) => deleteEvent(tx, params)),
    async createFeed({ userId }) {
      const secret = randomBytes(32).toString('base64url');
      await database.asUser(userId, (tx) => replaceFeed(tx, { userId, secretHash: hashOf(secret) }));
      return { secret };
    },
    feed: ({ secret }) => readFeed(database, secret),
  };
}

async function readFreeBusy(database: Pick<Database, 'asUser'>, { userId, ...span }: SpanQuery): Promise<FreeBusy> {
  return database.asUser(userId, async (tx) => {
    const { timeZone, workingHours } = await readPerson(tx, userId);
    const range = readRange({ ...span, timeZone });
    const busy = await listBusy(tx, { userId, ...range });
    const { free } = freeWindows({ ...range, timeZone, workingHours, busy });
    return { timeZone, busy: busy.map(toSpan), free: free.map(toSpan) };
  });
}

async function readFeed(database: Pick<Database, 'asUser' | 'asService'>, secret: string): Promise<string> {
  const userId = await database.asService((tx) => findFeedOwner(tx, { secretHash: hashOf(secret) }));
  if (userId === null)
    throw new StewardError(
      'not_found',
      'There is no calendar at this address: it may have been replaced by a new one.',
    );
  const rows = await database.asUser(userId, (tx) => listEvents(tx, { userId, limit: maxFeedEvents }));
  return writeCalendar(rows.map(toEvent), { name: 'Steward' });
}

function toSpan({ startMs, endMs }: TimeWindow): TimeSpan {
  return { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
