import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { apiCommand, id, required } from '../../command.ts';
import { parseObject, readTextFile } from '../../flags.ts';
import { count } from '../../text/format.ts';
import { note, print, printJson } from '../../text/output.ts';
import { UsageError } from '../../usage-error.ts';
import { attachFiles, writeFiles } from './attached-files.ts';

const ownerOnly = 0o600;

/** Writes a file that nobody else can read, also where there was one that they could. Throws `UsageError` naming it. */
async function writeOwn(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'w', ownerOnly);
    try {
      // A pipe or a device is everybody's.
      if ((await handle.stat()).isFile()) await handle.chmod(ownerOnly);
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = { ENOENT: 'there is no such folder', EISDIR: 'it is a directory', EACCES: 'it may not be written' }[
      code
    ];
    throw new UsageError(`--output: can't write "${file}": ${why ?? code}`);
  }
}

export function exportCommand(): Command {
  return apiCommand<{ readonly output?: string; readonly files?: string }>({
    name: 'export',
    description: 'Write everything you own as one JSON document, and attached files beside it',
    example: 'steward export --output steward.json --files steward-files',
    run: async ({ api, json }, _args, { output, files: folder }) => {
      const document = await api.exportAll();
      const text = JSON.stringify(document, null, 2);
      if (output === undefined) print(text);
      else await writeOwn(output, `${text}\n`);
      const files = folder === undefined ? null : await writeFiles(api, document, folder);
      if (json && output !== undefined) printJson({ file: output, ...(files === null ? {} : { files }) });
      if (json) return;
      if (output !== undefined) note(`Written to ${output}`);
      if (files !== null) note(`${count(files, 'file')} written to ${folder ?? ''}`);
    },
  })
    .option('-o, --output <file>', 'a file instead of standard output')
    .option('--files <folder>', 'write the bytes of attached files into this folder');
}

export function importCommand(): Command {
  return apiCommand<{ readonly files?: string }>({
    name: 'import',
    description: 'Take an exported document back; what is there already is skipped',
    example: 'steward import steward.json --files steward-files',
    run: async ({ api, json }, args, { files: folder }) => {
      // Checked by the gateway, field by field.
      const document = parseObject(await readTextFile(required(args, 0, 'file.json'), 'file.json'), 'file.json');
      const report = await api.importAll({ document });
      const files = folder === undefined ? null : await attachFiles(api, document, folder);
      const created = Object.entries(report.created).map(([kind, rows]) => `${rows} ${kind}`);
      if (json) {
        printJson({ ...report, ...(files === null ? {} : { files }) });
        return;
      }
      note(`${created.join(', ')} created, ${report.skipped} skipped`);
      if (files !== null) note(`${count(files, 'file')} attached`);
      if ((report.created['run_schedules'] ?? 0) > 0)
        note('The schedules are paused: steward schedules resume <schedule>');
    },
  })
    .argument('<file.json>', 'what "steward export" wrote')
    .option('--files <folder>', 'attach the files that "export --files" wrote there');
}

export function fileCommand(): Command {
  return apiCommand<object>({
    name: 'file',
    description: "Print a run's file",
    example: 'steward file 8551b649-f63d-59e5-b93e-f6ea7872c762 > plan.md',
    run: async ({ api, json }, args) => {
      const file = await api.readArtifact({ artifactId: required(args, 0, 'file') });
      if (json) printJson(file);
      else print(file.text);
    },
  }).argument('<file>', 'id of the file; "steward run <run>" lists them', id);
}
