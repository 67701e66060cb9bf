import { agenticWorkflowRoutes } from '../dialects/agentic-workflow.ts';
import { queueJobRoutes } from '../dialects/queue-jobs.ts';
import type { Route } from '../http/route.ts';
import { accessRoutes } from './account/access.ts';
import { tokenRoutes } from './account/tokens.ts';
import { usageRoutes } from './account/usage.ts';
import { mcpRoutes } from './agents/mcp.ts';
import { calendarRoutes } from './calendar/calendar.ts';
import { fileRoutes } from './files/files.ts';
import { searchRoutes } from './files/search.ts';
import { homeRoutes } from './operations/home.ts';
import { probeRoutes } from './operations/probes.ts';
import { briefRoutes } from './records/briefs.ts';
import { dependencyRoutes } from './records/dependencies.ts';
import { recordRoutes } from './records/records.ts';
import { transferRoutes } from './records/transfer.ts';
import { userContextRoutes } from './records/user-context.ts';
import { proposalRoutes } from './review/proposals.ts';
import { requestRoutes } from './review/requests.ts';
import { artifactRoutes } from './runs/artifacts.ts';
import { controlRoutes } from './runs/control.ts';
import { eventRoutes } from './runs/events.ts';
import { runRoutes } from './runs/runs.ts';
import { workflowTypeRoutes } from './runs/workflow-types.ts';
import { scheduleRoutes } from './schedules/schedules.ts';

/** Every route, in the order in which they are tried: `/api/tasks/dependencies` before `/api/tasks/:id`. */
export const allRoutes: readonly Route[] = [
  ...homeRoutes,
  ...probeRoutes,
  ...workflowTypeRoutes,
  ...runRoutes,
  ...controlRoutes,
  ...eventRoutes,
  ...artifactRoutes,
  ...scheduleRoutes,
  ...requestRoutes,
  ...proposalRoutes,
  ...dependencyRoutes,
  ...recordRoutes,
  ...userContextRoutes,
  ...transferRoutes,
  ...briefRoutes,
  ...calendarRoutes,
  ...fileRoutes,
  ...searchRoutes,
  ...usageRoutes,
  ...accessRoutes,
  ...tokenRoutes,
  ...mcpRoutes,
  ...agenticWorkflowRoutes,
  ...queueJobRoutes,
];
