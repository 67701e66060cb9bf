import type { Problem } from '../../contract/errors.ts';
import { unknownModel } from './catalogue.ts';
import type { Catalogue, CatalogueFile, CatalogueModel } from './catalogue.ts';

type FileModel = NonNullable<CatalogueFile['models']>[number];

/** The fields that a file does set; an absent one is no change. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // `Object.fromEntries` forgets the keys' types; they are those of `value`.
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function mergeModels(base: readonly CatalogueModel[], changes: readonly FileModel[]): CatalogueModel[] {
  const byId = new Map(base.map((model) => [model.id, model]));
  for (const change of changes)
    byId.set(change.id, { ...(byId.get(change.id) ?? unknownModel(change.id)), ...present(change) });
  return [...byId.values()];
}

/** A catalogue with a file's changes: models by id, field by field; a profile as a whole. */
export function mergeCatalogue(base: Catalogue, file: CatalogueFile): Catalogue {
  return {
    assumedPrice: file.assumedPrice ?? base.assumedPrice,
    models: mergeModels(base.models, file.models ?? []),
    profiles: {
      json: { ...base.profiles.json, ...present(file.profiles?.json ?? {}) },
      text: { ...base.profiles.text, ...present(file.profiles?.text ?? {}) },
    },
    escalation: file.escalation ?? base.escalation,
  };
}

type Path = readonly (string | number)[];

/** References of a file to models that neither it nor the base has, and ids given twice. */
export function referenceProblems(base: Catalogue, file: CatalogueFile): readonly (Problem & { readonly at: Path })[] {
  const own = (file.models ?? []).map((model) => model.id);
  const known = new Set([...base.models.map((model) => model.id), ...own]);
  const lists: [Path, readonly string[]][] = [[['escalation'], file.escalation ?? []]];
  for (const [kind, named] of Object.entries(file.profiles ?? {})) {
    for (const [name, ids] of Object.entries(named ?? {})) lists.push([['profiles', kind, name], ids ?? []]);
  }
  const missing = lists.flatMap(([path, ids]) =>
    ids.flatMap((id, index) => (known.has(id) ? [] : [fault([...path, index], `no model has the id "${id}"`)])),
  );
  const twice = own.flatMap((id, index) =>
    own.indexOf(id) < index ? [fault(['models', index, 'id'], `"${id}" is there twice`)] : [],
  );
  return [...missing, ...twice];
}

function fault(at: Path, message: string): Problem & { readonly at: Path } {
  return { at, path: at.join('.'), message };
}
