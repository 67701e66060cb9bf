import type { JsonObject } from '../contract/json.ts';
import type { CatchUp, Overlap, ScheduleStatus } from '../contract/recurrence.ts';
import type { MessageOptions, Page, StartedRun } from './runs-api.ts';

/** When and how often; a wall-clock time keeps its hour through daylight saving. */
export type ScheduleTiming = {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** IANA name; the person's own when left out. */
  readonly timeZone?: string;
  /** ISO 8601 with zone: nothing starts before, or after. Null lifts it. */
  readonly from?: string | null;
  readonly until?: string | null;
  /** While the previous run goes on: `skip` (when left out) or `start` another. */
  readonly overlap?: Overlap;
  /** After a time when nothing ran: one run for the `latest` missed instant (when left out), or `skip` them all. */
  readonly catchUp?: CatchUp;
};

/** What is started: as a run is, except that it says nothing about when. */
export type NewSchedule = ScheduleTiming & {
  readonly name?: string;
  readonly type: string;
  readonly input: JsonObject;
  readonly options?: JsonObject;
  readonly budget?: JsonObject;
  readonly priority?: number;
  readonly maxAttempts?: number;
  /** Made, but not active before it is resumed. */
  readonly paused?: boolean;
};

/** Fields that are left out stay; the type stays in any case. */
export type ScheduleChanges = Partial<Omit<NewSchedule, 'type' | 'paused'>>;

/** Times are ISO 8601 in UTC. */
export type ScheduleView = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly budget: JsonObject;
  readonly priority: number;
  readonly maxAttempts: number;
  readonly cron: string;
  readonly timeZone: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly overlap: Overlap;
  readonly catchUp: CatchUp;
  readonly status: ScheduleStatus;
  /** Null while it is paused or finished. */
  readonly nextAt: string | null;
  /** The instant that the last run was for, and that run. */
  readonly lastRunAt: string | null;
  readonly lastRunId: string | null;
  /** The last instant that passed without a run, for a reason that is no error. */
  readonly lastSkippedAt: string | null;
  /** Why the last instant started no run; null when it did. */
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

type Named = { readonly id: string };

/** What starts by itself, again and again. Every method may throw `StewardError`. */
export interface SchedulesApi {
  createSchedule(params: NewSchedule): Promise<ScheduleView>;
  listSchedules(filter: { readonly cursor?: string; readonly limit?: number }): Promise<Page<ScheduleView>>;
  getSchedule(params: Named): Promise<ScheduleView>;
  changeSchedule(params: Named & { readonly changes: ScheduleChanges }): Promise<ScheduleView>;
  /** Its runs stay. */
  deleteSchedule(params: Named): Promise<void>;
  pauseSchedule(params: Named): Promise<ScheduleView>;
  /** Goes on with the next instant from now; what passed meanwhile is not made up for. */
  resumeSchedule(params: Named): Promise<ScheduleView>;
  /** Starts a run now, beside the instants; the same `messageId` again is the same run. */
  triggerSchedule(params: Named & MessageOptions): Promise<StartedRun>;
}
