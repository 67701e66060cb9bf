import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { invalidInput, StewardError } from '../../contract/errors.ts';
import { catalogueSchema } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';

const builtIn = fileURLToPath(new URL('../models.yaml', import.meta.url));

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const message = `STEWARD_MODELS: ${file} can't be read; name a readable catalogue file, or leave the setting out.`;
    throw new StewardError('invalid_input', message, { cause: error });
  }
}

/** Reads a catalogue file, or the one that comes with Steward. Throws `invalid_input` naming file, line and field. */
export async function loadCatalogue(file: string | null): Promise<Catalogue> {
  const path = file ?? builtIn;
  const lines = new LineCounter();
  const document = parseDocument(await readText(path), { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) throw invalidInput([{ path: `${path}:${lines.linePos(fault.pos[0]).line}`, message: fault.message }]);
  const parsed = catalogueSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw invalidInput(
    parsed.error.issues.map((issue) => {
      const node = document.getIn(issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)), true);
      const at = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? lines.linePos(Number(node.range[0])).line : 1;
      return { path: `${path}:${at} ${issue.path.join('.')}`, message: issue.message };
    }),
  );
}
