import type { SaidPiece } from '../outputs.ts';
import type { Existing } from './existing-records.ts';
import type { NewProject, Place } from './understood.ts';
import { isSameThing, oneLine } from './words.ts';

/** New projects, each once, and where a name or key that a piece uses leads. */
export type Places = {
  readonly projects: readonly NewProject[];
  /** Of an id, a key of the piece, or a name; null when it leads nowhere. */
  readonly find: (piece: string, named: string) => Place | null;
};

const nowhere: Place = { projectId: null, newProject: null };

/** Brings the pieces' new projects together: one said twice is one, and one that exists is that. */
export function placesOf(pieces: readonly SaidPiece[], existing: Existing): Places {
  const projects: NewProject[] = [];
  const byKey = new Map<string, Place>();
  for (const { key: piece, tasks } of pieces) {
    for (const said of tasks.projects) {
      const there = existing.projects.find((project) => isSameThing(project.name, said.name));
      const before = projects.findIndex((project) => isSameThing(project.name, said.name));
      if (there === undefined && before < 0)
        projects.push({
          key: `project-${projects.length + 1}`,
          name: oneLine(said.name),
          description: said.description,
          quotes: [said.quote],
          confidence: said.confidence,
        });
      else if (there === undefined && before >= 0) projects[before] = joined(projects[before], said);
      const index = before >= 0 ? before : projects.length - 1;
      byKey.set(
        `${piece}/${said.key}`,
        there === undefined ? { ...nowhere, newProject: `project-${index + 1}` } : { ...nowhere, projectId: there.id },
      );
    }
  }
  return { projects, find: (piece, named) => byKey.get(`${piece}/${named}`) ?? findByName(named, projects, existing) };
}

function joined(
  project: NewProject | undefined,
  said: { readonly name: string; readonly description: string; readonly quote: string; readonly confidence: number },
): NewProject {
  if (project === undefined) throw new RangeError('No such project.');
  return {
    ...project,
    description: said.description.length > project.description.length ? said.description : project.description,
    quotes: [...new Set([...project.quotes, said.quote])],
    confidence: Math.min(project.confidence, said.confidence),
  };
}

function findByName(named: string, projects: readonly NewProject[], existing: Existing): Place | null {
  const byId = existing.projects.find((project) => project.id === named);
  if (byId !== undefined) return { ...nowhere, projectId: byId.id };
  const there = existing.projects.find((project) => isSameThing(project.name, named));
  if (there !== undefined) return { ...nowhere, projectId: there.id };
  const fresh = projects.find((project) => isSameThing(project.name, named));
  return fresh === undefined ? null : { ...nowhere, newProject: fresh.key };
}
