import type { BriefsApi } from './briefs-api.ts';
import type { CalendarApi } from './calendar-api.ts';
import type { FilesApi } from './files-api.ts';
import type { RecordsApi } from './records-api.ts';
import type { RunsApi } from './runs-api.ts';
import type { SchedulesApi } from './schedules-api.ts';
import type { TokensApi } from './tokens-api.ts';
import type { UsageApi } from './usage-api.ts';

/** The whole API of one caller: served by the gateway, consumed over HTTP by CLI, web and MCP server. */
export type StewardApi = RunsApi &
  RecordsApi &
  UsageApi &
  CalendarApi &
  TokensApi &
  FilesApi &
  SchedulesApi &
  BriefsApi;
