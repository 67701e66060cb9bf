import type { Client } from '@temporalio/client';
import type { Database } from '../../db/database.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { ModelService } from '../../models/model-service.ts';
import type { CalendarProvider } from '../../calendar/provider.ts';
import type { EventHub } from './events/hub.ts';
import type { CatalogPort } from './runs/check-start.ts';
import type { Caller } from './scopes.ts';

/** Where the service's log lines go; pino's logger fits. */
export interface ServiceLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** What the API needs of a calendar. */
export type CalendarPort = Pick<CalendarProvider, 'importIcs' | 'listInstances' | 'freeBusy' | 'createFeed'>;

export type ServiceDeps = {
  readonly database: Database;
  /** Null while Temporal is away: starts are then kept, everything else says `unavailable`. */
  readonly temporal: () => Client | null;
  readonly catalog: CatalogPort;
  readonly files: FileStore;
  readonly calendar: CalendarPort;
  /** Prices for a first estimate; null where the process knows no models. */
  readonly models: Pick<ModelService, 'bound'> | null;
  readonly taskQueues: { readonly runs: string };
  /** Address of Temporal's Web UI without a trailing slash, or null when there is none. */
  readonly ui: { readonly temporalUrl: string | null };
  readonly now: () => Date;
  readonly log: ServiceLog;
};

/** What a call of one caller works with. */
export type CallContext = ServiceDeps & { readonly caller: Caller; readonly hub: EventHub };
