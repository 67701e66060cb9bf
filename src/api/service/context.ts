import type { Client } from '@temporalio/client';
import type { Database } from '../../db/database.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { CalendarApi } from '../calendar-api.ts';
import type { EventHub } from './events/hub.ts';
import type { CatalogPort } from './runs/check-start.ts';
import type { Caller } from './scopes.ts';

/** Where the service's log lines go; pino's logger fits. */
export interface ServiceLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** The calendar of one user; made by the calendar's own code. */
export type CalendarFor = (userId: string) => CalendarApi;

export type ServiceDeps = {
  readonly database: Database;
  /** Null while Temporal is away: starts are then kept, everything else says `unavailable`. */
  readonly temporal: () => Client | null;
  readonly catalog: CatalogPort;
  readonly files: FileStore;
  readonly calendar: CalendarFor;
  readonly taskQueues: { readonly runs: string };
  /** Address of Temporal's Web UI without a trailing slash, or null when there is none. */
  readonly ui: { readonly temporalUrl: string | null };
  readonly now: () => Date;
  readonly log: ServiceLog;
};

/** What a call of one caller works with. */
export type CallContext = ServiceDeps & { readonly caller: Caller; readonly hub: EventHub };
