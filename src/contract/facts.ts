import type { Answer } from './request.ts';
import type { Json } from './json.ts';
import type { Priority, ProposalNote } from './proposal.ts';
import type { ScheduleInput, ScheduleResult } from './schedule.ts';

export const factNames = ['userContext', 'project', 'notes', 'tasks', 'calendar'] as const;
export type FactName = (typeof factNames)[number];

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

/** Everything a model call or a draft of this run may look at: gathered in the activity, never in the history. */
export type FactSheet = {
  readonly runId: string;
  /** ISO 8601 instant in UTC at which the facts were gathered. */
  readonly now: string;
  readonly timeZone: string;
  readonly input: Readonly<Record<string, Json>>;
  readonly options: Readonly<Record<string, Json>>;
  readonly userContext: UserContextFacts | null;
  readonly project: ProjectFacts | null;
  readonly notes: readonly NoteFacts[];
  readonly tasks: readonly TaskFacts[];
  readonly calendar: readonly EventFacts[];
  readonly answers: readonly { readonly key: string; readonly question: string; readonly answer: Answer }[];
  readonly addedContext: readonly string[];
  /** Comments of rejected proposals, oldest first. */
  readonly rejections: readonly { readonly comment: string | null; readonly summary: string | null }[];
  /** Latest output of every finished call: by call name, or by `call/slot`. */
  readonly outputs: Readonly<Record<string, Json>>;
  /** What the latest apply did, or null before it. */
  readonly applied: Json;
  /** What the run's latest proposal said beside its operations: what did not fit, and why. */
  readonly proposalNotes: readonly ProposalNote[];
};

/** What the activity lends to pure drafting code. Ids are derived from the run and a key: the same on every retry. */
export interface DraftTools {
  newId(key: string): string;
  /** Free working time of the person from `fromMs`, less the calendar's events, for `days` days. */
  free(window: { readonly fromMs: number; readonly days: number }): Pick<ScheduleInput, 'free' | 'days'>;
  schedule(input: ScheduleInput): ScheduleResult;
  /** The instant of a local date (`YYYY-MM-DD`) and time in the person's zone. */
  instant(local: { readonly date: string; readonly time: string }): number;
  /** `Tue 9 Mar 14:00` in the person's zone, for reasons that people read. */
  formatInstant(ms: number): string;
}
