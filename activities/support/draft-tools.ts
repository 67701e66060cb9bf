import { Temporal } from 'temporal-polyfill';
import type { DraftTools, LocalTime } from '../../src/contract/facts.ts';
import type { TimeWindow } from '../../src/contract/scheduling/schedule.ts';
import { schedule } from '../../src/calendar/scheduler/schedule.ts';
import { freeWindows } from '../../src/calendar/working-hours.ts';
import { defaultWorkingHours, workingHoursSchema } from '../../src/schemas/working-hours.ts';
import type { WorkingHours } from '../../src/schemas/working-hours.ts';
import type { Json } from '../../src/contract/json.ts';
import { derivedId } from './digest.ts';

const dayMs = 86_400_000;
// Blocks begin at round times: 9:05, 9:10.
const alignMinutes = 5;

export type Window = { readonly fromMs: number; readonly toMs: number };
export type DraftSetting = {
  readonly timeZone: string;
  readonly workingHours: Json;
  /** What derived ids begin with: the proposing step of the run. */
  readonly idScope: string;
};

/** Thrown by `free` for a window whose events were not read yet: reading is not for pure code. */
class WindowNeeded extends Error {
  readonly window: Window;

  constructor(window: Window) {
    super('The calendar of this window is needed.');
    this.name = 'WindowNeeded';
    this.window = window;
  }
}

/** Working hours as they are stored, or the usual ones. */
export function hoursOf(stored: Json): WorkingHours {
  const parsed = workingHoursSchema.safeParse(stored);
  return parsed.success ? parsed.data : defaultWorkingHours;
}

function windowKey(window: Window): string {
  return `${String(window.fromMs)}/${String(window.toMs)}`;
}

// One a zone: making a format costs thirty times what using it does, and a plan writes some ninety times.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

function formatInstant(ms: number, timeZone: string): string {
  return formatOf(timeZone).format(ms).replaceAll(',', '');
}

const firstDay = Temporal.PlainDate.from('1970-01-01');

function localTime(ms: number, timeZone: string): LocalTime {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const date = at.toPlainDate();
  return {
    date: date.toString(),
    weekday: date.dayOfWeek,
    day: firstDay.until(date).days,
    minutes: at.hour * 60 + at.minute,
  };
}

/** Tools for pure drafting code over the busy windows read so far. */
function createDraftTools(setting: DraftSetting, busy: ReadonlyMap<string, readonly TimeWindow[]>): DraftTools {
  const { timeZone } = setting;
  return {
    newId: (key) => derivedId(`${setting.idScope}/${key}`),
    free: ({ fromMs, days }) => {
      const window = { fromMs, toMs: fromMs + days * dayMs };
      const taken = busy.get(windowKey(window));
      if (taken === undefined) throw new WindowNeeded(window);
      return freeWindows({
        ...window,
        timeZone,
        workingHours: hoursOf(setting.workingHours),
        busy: taken,
        alignMinutes,
      });
    },
    workingTime: (window) => {
      const { free, days } = freeWindows({
        ...window,
        timeZone,
        workingHours: hoursOf(setting.workingHours),
        busy: [],
      });
      return { working: free, days };
    },
    schedule,
    instant: ({ date, time }) =>
      Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
        .epochMilliseconds,
    local: (ms) => localTime(ms, timeZone),
    localDay: (day) => {
      const date = firstDay.add({ days: day });
      return { date: date.toString(), weekday: date.dayOfWeek };
    },
    formatInstant: (ms) => formatInstant(ms, timeZone),
  };
}

/**
 * Calls pure drafting code, reading the calendar windows it asks for: it is called again with each window it needed, so
 * it must have no effects. `readBusy` gives the busy windows that touch a window.
 */
export async function withDraftTools<T>(
  setting: DraftSetting,
  readBusy: (window: Window) => Promise<readonly TimeWindow[]>,
  draft: (tools: DraftTools) => T,
): Promise<T> {
  const busy = new Map<string, readonly TimeWindow[]>();
  for (;;) {
    try {
      return draft(createDraftTools(setting, busy));
    } catch (error) {
      if (!(error instanceof WindowNeeded) || busy.has(windowKey(error.window))) throw error;
      busy.set(windowKey(error.window), await readBusy(error.window));
    }
  }
}
