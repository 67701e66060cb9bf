import type { McpTool } from '../tool.ts';
import { controlTools } from './control.ts';
import { readingTools } from './reading.ts';
import { recordTools } from './records.ts';
import { reviewTools } from './review.ts';
import { runTools } from './runs.ts';

/** Everything that an agent can do by MCP, over standard input and output as over HTTP. */
export const allMcpTools: readonly McpTool[] = [
  ...runTools,
  ...controlTools,
  ...reviewTools,
  ...recordTools,
  ...readingTools,
];
