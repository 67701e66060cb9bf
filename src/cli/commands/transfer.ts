import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JsonObject } from '../../contract/json.ts';
import { apiCommand, required } from '../command.ts';
import { note, print, printJson } from '../output.ts';

export function exportCommand(): Command {
  return apiCommand<{ readonly output?: string }>('export', 'Write everything you own as one JSON document', async ({ api }, _args, { output }) => {
    const text = JSON.stringify(await api.exportAll(), null, 2);
    if (output === undefined) print(text);
    else await writeFile(output, `${text}\n`, { mode: 0o600 });
  }).option('-o, --output <file>', 'a file instead of standard output');
}

export function importCommand(): Command {
  return apiCommand<object>('import', 'Take an exported document back; what is there already is skipped', async ({ api, json }, args) => {
    // Checked by the gateway, field by field.
    const document = JSON.parse(await readFile(required(args, 0), 'utf8')) as JsonObject;
    const report = await api.importAll({ document });
    if (json) printJson(report);
    else note(`${Object.entries(report.created).map(([kind, count]) => `${count} ${kind}`).join(', ')} created, ${report.skipped} skipped`);
  }).argument('<file.json>');
}

export function artifactCommand(): Command {
  return apiCommand<object>('file', "Print a run's file", async ({ api }, args) => {
    const { text } = await api.readArtifact({ artifactId: required(args, 0) });
    print(text);
  }).argument('<file>', 'id of the file; "steward run <run>" lists them');
}
