import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { invalidInput, StewardError } from '../../contract/errors.ts';
import { catalogueFile, emptyCatalogue } from './catalogue.ts';
import type { Catalogue, CatalogueFile } from './catalogue.ts';
import { mergeCatalogue, referenceProblems } from './merge-catalogue.ts';

const builtIn = fileURLToPath(new URL('../models.yaml', import.meta.url));

type Source = { readonly file: string; readonly document: Document; readonly lines: LineCounter };

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const message = `STEWARD_MODELS: ${file} can't be read; name a readable catalogue file, or leave the setting out.`;
    throw new StewardError('invalid_input', message, { cause: error });
  }
}

/** Where a field is, as `file:line:field`; a missing field is where its parent is. */
function place({ file, document, lines }: Source, path: readonly PropertyKey[]): string {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return `${file}:${lines.linePos(start).line}:${path.map(String).join('.')}`;
  }
  return `${file}:1:${path.map(String).join('.')}`;
}

function parse(source: Source): CatalogueFile {
  const { file, document, lines } = source;
  const [fault] = document.errors;
  if (fault !== undefined)
    throw invalidInput([{ path: `${file}:${lines.linePos(fault.pos[0]).line}`, message: fault.message }]);
  // `toJS` throws on a bomb of aliases; an empty file changes nothing.
  const parsed = catalogueFile.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map((issue) => ({ path: place(source, issue.path), message: issue.message })));
}

async function extend(base: Catalogue, file: string): Promise<Catalogue> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(file), { lineCounter: lines, schema: 'core' });
  const source = { file, document, lines };
  const changes = parse(source);
  const problems = referenceProblems(base, changes).map(({ at, message }) => ({ path: place(source, at), message }));
  if (problems.length > 0) throw invalidInput(problems);
  return mergeCatalogue(base, changes);
}

/**
 * The catalogue that comes with Steward, changed and extended by `file` where one is named. Throws `invalid_input` with
 * `file:line:field` for everything that is wrong with a file.
 */
export async function loadCatalogue(file: string | null): Promise<Catalogue> {
  const base = await extend(emptyCatalogue, builtIn);
  return file === null ? base : await extend(base, file);
}
