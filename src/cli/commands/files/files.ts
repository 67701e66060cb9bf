import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { largestFileBytes } from '../../../api/files-api.ts';
import type { FileView } from '../../../api/files-api.ts';
import { apiCommand, id, required } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { bold, note, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';
import { UsageError } from '../../usage-error.ts';

const someId = '3f1c2f0e-7a2b-4a53-9a57-0d5b8f0c6a11';

type OwnerOptions = { readonly project?: string; readonly task?: string };

function ownerOf({ project, task }: OwnerOptions): { readonly projectId?: string; readonly taskId?: string } {
  return { ...(project === undefined ? {} : { projectId: project }), ...(task === undefined ? {} : { taskId: task }) };
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : String(code);
    throw new UsageError(`path: can't read "${path}": ${why}`);
  }
  if (bytes.byteLength <= largestFileBytes) return bytes;
  throw new UsageError(`path: "${path}" is larger than 20 MB, the most that Steward takes`);
}

function addCommand(): Command {
  return apiCommand<OwnerOptions>({
    name: 'add',
    description: 'Attach files; texts and PDF become searchable',
    example: 'steward files add notes.md contract.pdf',
    run: async ({ api, json }, paths, options) => {
      const added: FileView[] = [];
      for (const path of paths) {
        // The type is told by the name, on the server, for every client alike.
        const file = { name: basename(path), mimeType: 'application/octet-stream', bytes: await readBytes(path) };
        const view = await api.addFile({ ...file, ...ownerOf(options) });
        added.push(view);
        if (!json) print(`${view.id}  ${view.name}${view.searchable ? '' : '  (kept, but not searchable)'}`);
      }
      if (json) printJson(added);
    },
  })
    .argument('<path...>', 'files, up to 20 MB each')
    .option('--project <id>', 'of this project', id)
    .option('--task <id>', 'of this task', id);
}

type ListOptions = OwnerOptions & { readonly limit: number; readonly cursor?: string };

function listCommand(): Command {
  return apiCommand<ListOptions>({
    name: 'list',
    description: 'List files, newest first',
    example: 'steward files list',
    run: async ({ api, json }, _args, { project, task, ...page }) => {
      const owner = ownerOf({ ...(project && { project }), ...(task && { task }) });
      const { items, nextCursor } = await api.listFiles({ ...page, ...owner });
      if (json) {
        printJson({ data: items, nextCursor });
        return;
      }
      const columns = [
        { title: 'id' },
        { title: 'name', flexible: true },
        { title: 'type', optional: true },
        { title: 'bytes', optional: true },
        { title: 'searchable', optional: true },
      ];
      const rows = items.map((file) => [
        file.id,
        file.name,
        file.mimeType,
        String(file.sizeBytes),
        file.searchable ? 'yes' : 'no',
      ]);
      printTable(columns, rows, 'No files.');
      if (nextCursor !== null) note(`More: --cursor ${nextCursor}`);
    },
  })
    .option('--project <id>', 'of one project', id)
    .option('--task <id>', 'of one task', id)
    .option('--limit <n>', 'how many', wholeNumber({ min: 1, max: 1000 }), 100)
    .option('--cursor <cursor>', 'go on from here');
}

function showCommand(): Command {
  return apiCommand<{ readonly content?: boolean }>({
    name: 'show',
    description: 'Show what is known of a file, or write its bytes to standard output',
    example: `steward files show ${someId} --content > contract.pdf`,
    run: async ({ api, json }, args, { content }) => {
      const fileId = required(args, 0, 'file');
      if (content === true) {
        process.stdout.write((await api.readFile({ fileId })).bytes);
        return;
      }
      const file = await api.getFile({ fileId });
      if (json) {
        printJson(file);
        return;
      }
      for (const [field, value] of Object.entries(file)) if (value !== null) print(`${bold(field)}: ${String(value)}`);
    },
  })
    .argument('<file>', 'id of the file; "steward files list" has them', id)
    .option('--content', 'the bytes themselves');
}

function removeCommand(): Command {
  return apiCommand<object>({
    name: 'remove',
    description: 'Remove a file',
    example: `steward files remove ${someId}`,
    run: async ({ api, json }, args) => {
      const fileId = required(args, 0, 'file');
      await api.deleteFile({ fileId });
      if (json) printJson({ id: fileId });
      else note(`Removed ${fileId}`);
    },
  }).argument('<file>', 'id of the file', id);
}

export function filesCommand(): Command {
  const group = new Command('files').description('Attached files: add, list, show, remove');
  for (const make of [addCommand, listCommand, showCommand, removeCommand]) group.addCommand(make());
  return group;
}
