import { z } from 'zod';
import { sourceKinds } from '../../contract/facts/source-facts.ts';
import type { RecordKind } from '../../api/records-api.ts';
import { recordKinds } from '../../api/records-api.ts';
import type { JsonObject } from '../../contract/json.ts';
import { recordShapes } from '../../schemas/records.ts';
import { defineMcpTool, id, paging } from '../tool.ts';
import type { McpTool } from '../tool.ts';

const kind = z.enum(recordKinds, `expected one of ${recordKinds.join(', ')}`);

const listRecords = defineMcpTool({
  name: 'list_records',
  title: 'Records',
  description: "The person's projects, tasks, phases, notes or brain dumps.",
  scopes: ['records'],
  changes: 'nothing',
  input: z.strictObject({
    kind,
    projectId: id.exactOptional(),
    status: z.string().min(1).max(100).exactOptional(),
    ...paging,
  }),
  run: async (api, params) => await api.listRecords(params),
});

const getRecord = defineMcpTool({
  name: 'get_record',
  title: 'A record',
  description: 'One project, task, phase, note or brain dump with all its columns.',
  scopes: ['records'],
  changes: 'nothing',
  input: z.strictObject({ kind, id }),
  run: async (api, params) => await api.getRecord(params),
});

const search = defineMcpTool({
  name: 'search',
  title: 'Search',
  description: "Finds the person's notes, tasks, projects, brain dumps and files by their words, best first.",
  scopes: ['records'],
  changes: 'nothing',
  input: z.strictObject({
    query: z.string().trim().min(1, 'say what to look for').max(1_000),
    kinds: z.array(z.enum(sourceKinds)).min(1).exactOptional(),
    projectId: id.exactOptional(),
    limit: paging.limit,
  }),
  run: async (api, params) => ({ items: await api.search(params) }),
});

type Creation = {
  readonly kind: RecordKind;
  readonly name: string;
  readonly what: string;
  readonly input: z.ZodObject;
};

function createTool({ kind: of, name, what, input }: Creation): McpTool {
  return defineMcpTool({
    name,
    title: `Create ${what}`,
    description: `Adds ${what} to the person's records.`,
    scopes: ['records'],
    changes: 'adds',
    input,
    // It came as JSON, and zod adds nothing to it.
    run: async (api, values) => await api.createRecord({ kind: of, values: values as JsonObject }),
  });
}

// What Steward itself finds in a brain dump is no one else's to write.
const { title, content, project_id: projectId, tags } = recordShapes['brain-dumps'];

const creations: readonly Creation[] = [
  { kind: 'projects', name: 'create_project', what: 'a project', input: z.strictObject(recordShapes.projects) },
  { kind: 'tasks', name: 'create_task', what: 'a task', input: z.strictObject(recordShapes.tasks) },
  { kind: 'notes', name: 'create_note', what: 'a note', input: z.strictObject(recordShapes.notes) },
  {
    kind: 'brain-dumps',
    name: 'create_brain_dump',
    what: 'a brain dump',
    input: z.strictObject({ title, content, project_id: projectId, tags }),
  },
];

export const recordTools: readonly McpTool[] = [listRecords, getRecord, search, ...creations.map(createTool)];
