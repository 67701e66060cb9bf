import { Command } from 'commander';
import { recordKinds } from '../../api/records-api.ts';
import type { RecordKind, RecordRow } from '../../api/records-api.ts';
import type { JsonObject } from '../../contract/json.ts';
import { StewardError } from '../../contract/errors.ts';
import { apiCommand, required } from '../command.ts';
import { note, printJson, printTable, shorten } from '../output.ts';

const columns: Readonly<Record<RecordKind, readonly string[]>> = {
  projects: ['id', 'status', 'end_date', 'name'],
  tasks: ['id', 'status', 'priority', 'duration_minutes', 'start_date', 'title'],
  phases: ['id', 'order', 'start_date', 'end_date', 'name'],
  notes: ['id', 'title', 'content'],
  'brain-dumps': ['id', 'status', 'title', 'content'],
};

function cell(row: RecordRow, column: string): string {
  const value = row[column];
  return shorten(typeof value === 'string' ? value : JSON.stringify(value ?? ''), 60);
}

type ListOptions = { readonly project?: string; readonly status?: string; readonly limit?: string };

function listCommand(kind: RecordKind): Command {
  return apiCommand<ListOptions>('list', `List ${kind}`, async ({ api, json }, _args, options) => {
    const { items, nextCursor } = await api.listRecords({
      kind,
      ...(options.project === undefined ? {} : { projectId: options.project }),
      ...(options.status === undefined ? {} : { status: options.status }),
      limit: Number(options.limit ?? 100),
    });
    if (json) printJson({ data: items, nextCursor });
    else printTable(columns[kind], items.map((row) => columns[kind].map((column) => cell(row, column))), `No ${kind}.`);
  })
    .option('--project <id>', 'of one project')
    .option('--status <status>', 'with this status')
    .option('--limit <n>', 'how many, 100 when left out');
}

function readValues(pairs: readonly string[]): JsonObject {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new StewardError('invalid_input', `expected column=value, got "${pair}"`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function addCommand(kind: RecordKind): Command {
  return apiCommand<object>('add', `Add to ${kind}`, async ({ api }, args) => {
    printJson(await api.createRecord({ kind, values: readValues(args) }));
  }).argument('<column=value...>', 'such as title="Buy boxes"');
}

function showCommand(kind: RecordKind): Command {
  return apiCommand<object>('show', 'Show one', async ({ api }, args) => {
    printJson(await api.getRecord({ kind, id: required(args, 0) }));
  }).argument('<id>');
}

function setCommand(kind: RecordKind): Command {
  return apiCommand<object>('set', 'Change one', async ({ api }, args) => {
    const [id, ...pairs] = args;
    printJson(await api.updateRecord({ kind, id: id ?? '', changes: readValues(pairs) }));
  })
    .argument('<id>')
    .argument('<column=value...>');
}

function deleteCommand(kind: RecordKind): Command {
  return apiCommand<object>('delete', 'Delete one', async ({ api }, args) => {
    await api.deleteRecord({ kind, id: required(args, 0) });
    note('Deleted.');
  }).argument('<id>');
}

/** `steward tasks list`, `steward notes add title=…`: the records, each kind a group of commands. */
export function recordCommands(): readonly Command[] {
  return recordKinds.map((kind) => {
    const group = new Command(kind).description(`Your ${kind}: list, show, add, set, delete`);
    for (const make of [listCommand, showCommand, addCommand, setCommand, deleteCommand]) group.addCommand(make(kind));
    return group;
  });
}
