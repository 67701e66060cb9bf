import type { Answer } from './request.ts';
import type { CalendarWindowFacts } from './facts/calendar-facts.ts';
import type { BrainDumpFacts, RecentNoteFacts, SourceExcerpt, ToolResultFacts } from './facts/source-facts.ts';
import type {
  FinishedTaskFacts,
  ProjectContext,
  TaskDetail,
  WorkloadContextFacts,
  WorkloadFacts,
} from './facts/task-facts.ts';
import type { Json } from './json.ts';
import type { Priority, ProposalNote } from './proposal.ts';
import type { ScheduleDay, ScheduleInput, ScheduleResult, TimeWindow } from './scheduling/schedule.ts';

export type UserContextFacts = {
  readonly timeZone: string;
  readonly fields: Readonly<Record<string, string>>;
};
export type ProjectFacts = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly context: string | null;
  readonly status: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly phases: readonly { readonly id: string; readonly name: string; readonly order: number }[];
};
export type NoteFacts = { readonly id: string; readonly title: string | null; readonly content: string | null };
export type TaskFacts = {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly priority: Priority;
  readonly durationMinutes: number | null;
  readonly deadline: string | null;
  readonly projectId: string | null;
};
export type EventFacts = {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
};

/** What a call, a computation or a draft may ask to be gathered, by name. */
export type GatheredFacts = {
  readonly userContext: UserContextFacts | null;
  readonly project: ProjectFacts | null;
  readonly notes: readonly NoteFacts[];
  /** The person's notes whatever project they are of, last changed first. */
  readonly recentNotes: readonly RecentNoteFacts[];
  readonly tasks: readonly TaskFacts[];
  readonly calendar: readonly EventFacts[];
  /** The task the run is about, whole, with its subtasks; null when the input names none. */
  readonly focusTask: TaskDetail | null;
  /** All open work of the person: active projects, open tasks, their order, their calendar blocks. */
  readonly workload: WorkloadFacts | null;
  /** What that work hangs on beside itself: needs that were cancelled, phases, what is completed. */
  readonly workloadContext: WorkloadContextFacts | null;
  /** Finished tasks, newest first, with the time they took where it is known. */
  readonly finishedTasks: readonly FinishedTaskFacts[];
  /** Every event of the input's window, series unrolled and named as such. */
  readonly calendarWindow: CalendarWindowFacts | null;
  /** What is known of each project that is not completed or cancelled, uncut, for adding to it. */
  readonly projectContexts: readonly ProjectContext[];
  /** The brain dump the run is about; null when the input names none. */
  readonly brainDump: BrainDumpFacts | null;
  /** What tools answered to the run's agents, in the order of their loops. */
  readonly toolResults: readonly ToolResultFacts[];
};
export type FactName = keyof GatheredFacts;

/** Everything a model call or a draft of this run may look at: gathered in the activity, never in the history. */
export type FactSheet = GatheredFacts & {
  readonly runId: string;
  /** ISO 8601 instant in UTC at which the facts were gathered. */
  readonly now: string;
  readonly timeZone: string;
  readonly input: Readonly<Record<string, Json>>;
  readonly options: Readonly<Record<string, Json>>;
  /** What the call's own `search` names and finds: what it names first, then the best. */
  readonly found: readonly SourceExcerpt[];
  readonly answers: readonly { readonly key: string; readonly question: string; readonly answer: Answer }[];
  readonly addedContext: readonly string[];
  /** Comments of rejected proposals, oldest first. */
  readonly rejections: readonly { readonly comment: string | null; readonly summary: string | null }[];
  /** Latest output of every finished call, computation and agent: by its name, or by `name/slot`. Those made last are last. */
  readonly outputs: Readonly<Record<string, Json>>;
  /** What the latest apply did, or null before it. */
  readonly applied: Json;
  /** What the run's latest proposal said beside its operations: what did not fit, and why. */
  readonly proposalNotes: readonly ProposalNote[];
};

/** A day of the person's calendar: its date (`YYYY-MM-DD`) and weekday, 1 for Monday to 7 for Sunday. */
export type LocalDay = { readonly date: string; readonly weekday: number };
/** What the person's clock and calendar show: `minutes` since midnight, `day` counted from 1 January 1970. */
export type LocalTime = LocalDay & { readonly day: number; readonly minutes: number };

/** What the activity lends to pure drafting code. Ids are derived from the run and a key: the same on every retry. */
export interface DraftTools {
  newId(key: string): string;
  /** Free working time of the person from `fromMs`, less the calendar's events, for `days` days. */
  free(window: { readonly fromMs: number; readonly days: number }): Pick<ScheduleInput, 'free' | 'days'>;
  /** The person's working hours in [fromMs, toMs), whatever the calendar says, and every local day that they touch. */
  workingTime(window: { readonly fromMs: number; readonly toMs: number }): {
    readonly working: readonly TimeWindow[];
    readonly days: readonly ScheduleDay[];
  };
  schedule(input: ScheduleInput): ScheduleResult;
  /** The instant of a local date (`YYYY-MM-DD`) and time in the person's zone. */
  instant(local: { readonly date: string; readonly time: string }): number;
  /** What the person's clock shows at an instant. */
  local(ms: number): LocalTime;
  /** The day that `LocalTime.day` counts. */
  localDay(day: number): LocalDay;
  /** `Tue 9 Mar 14:00` in the person's zone, for reasons that people read. */
  formatInstant(ms: number): string;
}
