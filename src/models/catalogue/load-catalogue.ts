import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { invalidInput, StewardError } from '../../contract/errors.ts';
import { checkYaml, parseYaml } from '../../files/yaml-file.ts';
import { catalogueFile, emptyCatalogue } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { mergeCatalogue, referenceProblems } from './merge-catalogue.ts';

const builtIn = fileURLToPath(new URL('../models.yaml', import.meta.url));

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const message = `STEWARD_MODELS: ${file} can't be read; name a readable catalogue file, or leave the setting out.`;
    throw new StewardError('invalid_input', message, { cause: error });
  }
}

async function extend(base: Catalogue, file: string): Promise<Catalogue> {
  const yaml = parseYaml(file, await readText(file));
  const changes = checkYaml(yaml, catalogueFile);
  const problems = referenceProblems(base, changes).map(({ at, message }) => ({ path: yaml.place(at), message }));
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
