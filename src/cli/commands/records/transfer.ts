import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { apiCommand, id, required } from '../../command.ts';
import { parseObject, readTextFile } from '../../flags.ts';
import { note, print, printJson } from '../../text/output.ts';
import { UsageError } from '../../usage-error.ts';

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
  return apiCommand<{ readonly output?: string }>({
    name: 'export',
    description: 'Write everything you own but attached files as one JSON document',
    example: 'steward export --output steward.json',
    run: async ({ api, json }, _args, { output }) => {
      const text = JSON.stringify(await api.exportAll(), null, 2);
      if (output === undefined) {
        print(text);
        return;
      }
      await writeOwn(output, `${text}\n`);
      if (json) printJson({ file: output });
      else note(`Written to ${output}`);
    },
  }).option('-o, --output <file>', 'a file instead of standard output');
}

export function importCommand(): Command {
  return apiCommand<object>({
    name: 'import',
    description: 'Take an exported document back; what is there already is skipped',
    example: 'steward import steward.json',
    run: async ({ api, json }, args) => {
      // Checked by the gateway, field by field.
      const document = parseObject(await readTextFile(required(args, 0, 'file.json'), 'file.json'), 'file.json');
      const report = await api.importAll({ document });
      const created = Object.entries(report.created).map(([kind, count]) => `${count} ${kind}`);
      if (json) printJson(report);
      else note(`${created.join(', ')} created, ${report.skipped} skipped`);
    },
  }).argument('<file.json>', 'what "steward export" wrote');
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
