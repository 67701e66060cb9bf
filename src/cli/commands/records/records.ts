import { Command } from 'commander';
import { recordFilters, recordKinds } from '../../../api/records-api.ts';
import type { RecordKind, RecordRow, TaskEventView } from '../../../api/records-api.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { recordShapes } from '../../../schemas/records.ts';
import { apiCommand, id, required } from '../../command.ts';
import { splitPair, wholeNumber } from '../../flags.ts';
import { eventTime, shorten } from '../../text/format.ts';
import { bold, note, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

const shown: Readonly<Record<RecordKind, readonly string[]>> = {
  projects: ['id', 'status', 'name', 'end_date'],
  tasks: ['id', 'status', 'title', 'priority', 'duration_minutes', 'start_date', 'deadline'],
  phases: ['id', 'order', 'name', 'start_date', 'end_date'],
  notes: ['id', 'title', 'content'],
  'brain-dumps': ['id', 'status', 'title', 'content'],
};
const always = new Set(['id', 'status', 'order']);
const names = new Set(['name', 'title', 'content']);

const someId = '3f1c2f0e-7a2b-4a53-9a57-0d5b8f0c6a11';
const someValue: Readonly<Record<RecordKind, string>> = {
  projects: 'name="Reading room"',
  tasks: 'title="Buy boxes" duration_minutes=30',
  phases: 'name="Prepare" order=1',
  notes: 'title="Landlord" content="Likes to be called in the morning"',
  'brain-dumps': 'content="Everything on my mind"',
};

/** What was typed as the column takes it: text where it takes text, else JSON (`30`, `["home"]`, `null`) where it is some. */
export function columnValue(kind: RecordKind, [column, text]: readonly [string, string]): readonly [string, Json] {
  const shape = new Map<string, { safeParse(value: unknown): { readonly success: boolean } }>(
    Object.entries(recordShapes[kind]),
  ).get(column);
  if (shape === undefined || shape.safeParse(text).success) return [column, text];
  try {
    // Typed any; what JSON.parse returns is JSON.
    return [column, JSON.parse(text) as Json];
  } catch {
    return [column, text];
  }
}

function readValues(kind: RecordKind, pairs: readonly string[]): JsonObject {
  return Object.fromEntries(pairs.map((pair) => columnValue(kind, splitPair(pair, 'column=value'))));
}

function textOf(value: RecordRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One row as JSON for programs, and as `column: value` for people. */
function printRow(row: RecordRow, json: boolean): void {
  if (json) {
    printJson(row);
    return;
  }
  const { events, ...columns } = row;
  const known = Object.entries(columns).filter(([, value]) => value !== null);
  for (const [column, value] of known) print(`${bold(column)}: ${textOf(value)}`);
  // Those of a task; another kind of record has none.
  for (const { role, title, uid, start, allDay } of (events ?? []) as readonly TaskEventView[])
    print(`${bold('event')}: ${eventTime(start, allDay)}  ${title ?? `(not in the calendar: ${uid})`}  ${role}`);
}

type ListOptions = {
  readonly project?: string;
  readonly status?: string;
  readonly limit: number;
  readonly cursor?: string;
};

function listCommand(kind: RecordKind): Command {
  const command = apiCommand<ListOptions>({
    name: 'list',
    description: `List ${kind}`,
    example: `steward ${kind} list --limit 20`,
    run: async ({ api, json }, _args, { project, ...filter }) => {
      const { items, nextCursor } = await api.listRecords({
        kind,
        ...filter,
        ...(project === undefined ? {} : { projectId: project }),
      });
      if (json) {
        printJson({ data: items, nextCursor });
        return;
      }
      const columns = shown[kind].map((title) => ({
        title,
        flexible: names.has(title),
        optional: !always.has(title) && !names.has(title),
      }));
      const rows = items.map((row) => shown[kind].map((column) => shorten(textOf(row[column]), 80)));
      printTable(columns, rows, `No ${kind}.`);
      if (nextCursor !== null) note(`More: --cursor ${nextCursor}`);
    },
  });
  if (recordFilters[kind].includes('projectId')) command.option('--project <id>', 'of one project', id);
  if (recordFilters[kind].includes('status')) command.option('--status <status>', 'with this status');
  return command
    .option('--limit <n>', 'how many', wholeNumber({ min: 1, max: 1000 }), 100)
    .option('--cursor <cursor>', 'go on from here');
}

function addCommand(kind: RecordKind): Command {
  return apiCommand<object>({
    name: 'add',
    description: `Add to ${kind}`,
    example: `steward ${kind} add ${someValue[kind]}`,
    run: async ({ api, json }, args) => {
      printRow(await api.createRecord({ kind, values: readValues(kind, args) }), json);
    },
  }).argument('<column=value...>', `such as ${someValue[kind]}`);
}

function showCommand(kind: RecordKind): Command {
  return apiCommand<object>({
    name: 'show',
    description: 'Show one',
    example: `steward ${kind} show ${someId}`,
    run: async ({ api, json }, args) => {
      printRow(await api.getRecord({ kind, id: required(args, 0, 'id') }), json);
    },
  }).argument('<id>', 'its id', id);
}

function setCommand(kind: RecordKind): Command {
  return apiCommand<object>({
    name: 'set',
    description: 'Change one',
    example: `steward ${kind} set ${someId} ${someValue[kind]}`,
    run: async ({ api, json }, args) => {
      const changes = readValues(kind, args.slice(1));
      printRow(await api.updateRecord({ kind, id: required(args, 0, 'id'), changes }), json);
    },
  })
    .argument('<id>', 'its id', id)
    .argument('<column=value...>', `such as ${someValue[kind]}`);
}

function deleteCommand(kind: RecordKind): Command {
  return apiCommand<object>({
    name: 'delete',
    description: 'Delete one',
    example: `steward ${kind} delete ${someId}`,
    run: async ({ api, json }, args) => {
      const recordId = required(args, 0, 'id');
      await api.deleteRecord({ kind, id: recordId });
      if (json) printJson({ deleted: recordId });
      else note('Deleted.');
    },
  }).argument('<id>', 'its id', id);
}

/** `steward tasks list`, `steward notes add title=…`: the records, each kind a group of commands. */
export function recordCommands(): readonly Command[] {
  return recordKinds.map((kind) => {
    const group = new Command(kind).description(`Your ${kind}: list, show, add, set, delete`);
    for (const make of [listCommand, showCommand, addCommand, setCommand, deleteCommand]) group.addCommand(make(kind));
    return group;
  });
}
