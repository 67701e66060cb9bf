import { z } from 'zod';
import { usageGroups } from '../../api/usage-api.ts';
import { defineMcpTool, id, instant } from '../tool.ts';

const when = z.union([instant, z.iso.date()], 'expected a date as YYYY-MM-DD or an ISO 8601 time with zone');

const listCalendarEvents = defineMcpTool({
  name: 'list_calendar_events',
  title: 'Calendar',
  description: 'Every event that touches a window of the calendar, recurring ones expanded.',
  scopes: ['records'],
  changes: 'nothing',
  input: z.strictObject({ from: when, to: when }),
  run: async (api, params) => ({ items: await api.listCalendarEvents(params) }),
});

const readArtifact = defineMcpTool({
  name: 'read_artifact',
  title: 'Read a file of a run',
  description: 'The text of a file that a run made (get_run lists them), from a character on.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject({
    artifactId: id,
    offset: z.int().min(0).default(0).meta({ description: 'The `nextOffset` of the part before.' }),
    limit: z.int().min(1).max(100_000).default(30_000).meta({ description: 'Most characters.' }),
  }),
  run: async (api, { artifactId, offset, limit }) => {
    const { artifact, text } = await api.readArtifact({ artifactId });
    const end = offset + limit;
    return { artifact, text: text.slice(offset, end), nextOffset: end < text.length ? end : null };
  },
});

const getUsage = defineMcpTool({
  name: 'get_usage',
  title: 'Cost of model calls',
  description: 'Calls, tokens and cost of models, grouped.',
  scopes: ['runs'],
  changes: 'nothing',
  input: z.strictObject({
    by: z.enum(usageGroups).default('day'),
    from: when.exactOptional(),
    to: when.exactOptional(),
    runId: id.exactOptional(),
  }),
  run: async (api, params) => ({ items: await api.getUsage(params) }),
});

export const readingTools = [listCalendarEvents, readArtifact, getUsage];
