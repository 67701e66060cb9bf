import type { Json } from '../contract/json.ts';
import type { EventRole } from '../contract/operations/tasks.ts';

export type EventInstanceView = {
  readonly uid: string;
  readonly recurrenceId: string | null;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  /** Tasks that are linked to it or its series, and the one that it is a block of. */
  readonly tasks: readonly EventTaskView[];
};
export type EventTaskView = { readonly id: string; readonly title: string; readonly role: EventRole | 'block' };
export type ImportReport = {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly problems: readonly Json[];
};

export interface CalendarApi {
  importCalendar(params: { readonly text: string }): Promise<ImportReport>;
  /** Every instance that touches the window, recurrences expanded. */
  listCalendarEvents(params: { readonly from: string; readonly to: string }): Promise<readonly EventInstanceView[]>;
  getFreeBusy(params: {
    readonly from: string;
    readonly to: string;
  }): Promise<{ readonly timeZone: string; readonly busy: readonly Span[]; readonly free: readonly Span[] }>;
  /** Makes a new secret address of the feed; the old one stops working. */
  createFeed(): Promise<{ readonly path: string }>;
}
export type Span = { readonly start: string; readonly end: string };
