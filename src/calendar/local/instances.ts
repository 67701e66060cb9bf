import { Temporal } from 'temporal-polyfill';
import type { Transaction } from 'kysely';
import { invalidInput } from '../../contract/errors.ts';
import type { TimeWindow } from '../../contract/scheduling/schedule.ts';
import { findEventsTouching } from '../../db/calendar-events.ts';
import type { Tables } from '../../db/tables.ts';
import { expandEvents } from '../ics/expand.ts';
import type { TimeRange } from '../ics/types.ts';
import type { InstanceList } from '../provider.ts';
import { joinWindows } from '../../contract/scheduling/windows.ts';
import { toEvent } from './rows.ts';

type Tx = Transaction<Tables>;
type RangeOf = TimeRange & { readonly userId: string };

/** Every instance that takes place in [fromMs, toMs), series unrolled, cancelled ones left out. Within a transaction. */
export async function listInstances(tx: Tx, params: RangeOf): Promise<InstanceList> {
  const rows = await findEventsTouching(tx, {
    userId: params.userId,
    from: new Date(params.fromMs),
    to: new Date(params.toMs),
  });
  const { instances, problems } = expandEvents(rows.map(toEvent), params);
  return { instances: instances.filter((instance) => instance.status !== 'cancelled'), problems };
}

/** When the person is busy in [fromMs, toMs): opaque instances, joined and cut to the time. Within a transaction. */
export async function listBusy(tx: Tx, params: RangeOf): Promise<readonly TimeWindow[]> {
  const { instances } = await listInstances(tx, params);
  const busy = instances.filter((instance) => instance.transparency === 'opaque');
  return joinWindows(
    busy.map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, params.fromMs),
      endMs: Math.min(endMs, params.toMs),
    })),
  );
}

/** Longest time of one query: enough for any calendar view, too little to unroll a lifetime. */
const maxRangeMs = 3 * 366 * 86_400_000;

/**
 * Reads the bounds of a query: instants, or dates that begin at midnight in the zone.
 * @throws StewardError `invalid_input`
 */
export function readRange({
  from,
  to,
  timeZone,
}: {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}): TimeRange {
  const fromMs = readBound('from', { value: from, timeZone });
  const toMs = readBound('to', { value: to, timeZone });
  if (toMs <= fromMs) throw invalidInput([{ path: 'to', message: 'must be after from' }]);
  if (toMs - fromMs > maxRangeMs) throw invalidInput([{ path: 'to', message: 'must be within three years of from' }]);
  return { fromMs, toMs };
}

function readBound(path: string, { value, timeZone }: { readonly value: string; readonly timeZone: string }): number {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/u.test(value))
      return Temporal.PlainDate.from(value).toZonedDateTime(timeZone).epochMilliseconds;
    return Temporal.Instant.from(value).epochMilliseconds;
  } catch {
    throw invalidInput([{ path, message: `'${value}' is no time; write 2026-03-29T09:00:00Z, or a date` }]);
  }
}
