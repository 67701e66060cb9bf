import type { Transaction } from 'kysely';
import type { Problem } from '../../contract/errors.ts';
import { lockEvents, saveEvents } from '../../db/calendar-events.ts';
import type { CalendarEventRow } from '../../db/calendar-events.ts';
import type { Tables } from '../../db/tables.ts';
import { readCalendar } from '../ics/read.ts';
import type { ImportedEvent } from '../ics/types.ts';
import type { ImportCounts } from '../provider.ts';
import { etagOf, toValues } from './rows.ts';

type Tx = Transaction<Tables>;
type Verdict = 'created' | 'updated' | 'unchanged' | 'skipped';

/** Rows in one statement: under Postgres' 65,535 parameters by far. */
const chunkSize = 500;

/** `CalendarProvider.importIcs` within a transaction. `timeZone` is the person's: for floating times and whole days. */
export async function importIcs(
  tx: Tx,
  params: { readonly userId: string; readonly text: string; readonly timeZone: string },
): Promise<ImportCounts> {
  const { events, problems } = readCalendar(params.text, { defaultTimeZone: params.timeZone });
  const counts = {
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: problems.filter((problem) => problem.path.startsWith('events.')).length,
  };
  const found: Problem[] = [...problems];
  for (let at = 0; at < events.length; at += chunkSize) {
    const chunk = events.slice(at, at + chunkSize);
    const rows = await lockEvents(tx, { userId: params.userId, uids: chunk.map((event) => event.uid) });
    const known = new Map(rows.map((row) => [row.uid, row]));
    const judged = chunk.map((event) => ({ event, ...judge(event, known.get(event.uid) ?? null) }));
    for (const { verdict, problem } of judged) {
      counts[verdict] += 1;
      if (problem !== null) found.push(problem);
    }
    const changed = judged.filter(({ verdict }) => verdict === 'created' || verdict === 'updated');
    await saveEvents(
      tx,
      changed.map(({ event }) => toValues(event, params.userId)),
    );
  }
  return { ...counts, problems: found };
}

function judge(
  event: ImportedEvent,
  row: CalendarEventRow | null,
): { readonly verdict: Verdict; readonly problem: Problem | null } {
  if (row === null || row.deleted_at !== null) return { verdict: 'created', problem: null };
  if (row.source === 'steward') {
    // A feed of ours that comes back through another calendar must not replace its own source.
    return {
      verdict: 'skipped',
      problem: { path: event.uid, message: `'${row.title}' is Steward's own event: it stays as it is.` },
    };
  }
  if (toValues(event, row.user_id).etag === etagOf(row)) return { verdict: 'unchanged', problem: null };
  if (sequenceOf(event.ics) < sequenceOf(row.ics ?? '')) {
    return {
      verdict: 'skipped',
      problem: {
        path: event.uid,
        message: `'${event.title}' is older here than in the calendar: the newer version stays.`,
      },
    };
  }
  return { verdict: 'updated', problem: null };
}

/** The highest SEQUENCE among the parts of a record. */
function sequenceOf(ics: string): number {
  return Math.max(0, ...[...ics.matchAll(/^SEQUENCE:(\d{1,9})/gimu)].map((match) => Number(match[1])));
}
