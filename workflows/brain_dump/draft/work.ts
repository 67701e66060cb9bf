import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { Place, Understood } from '../merge/understood.ts';

/** What all operations of the draft are made from. */
export type DraftWork = {
  readonly facts: FactSheet;
  readonly tools: DraftTools;
  readonly said: Understood;
  readonly brainDumpId: string;
  /** The operation that keeps the text, or null when the dump is a record already. */
  readonly dumpOperation: string | null;
};

export function newProjectId(key: string, tools: DraftTools): string {
  return tools.newId(`project/${key}`);
}

/** The project's id, and the operation that makes it where it is new. */
export function targetOf(
  place: Place,
  { tools }: DraftWork,
): { readonly projectId: string | null; readonly requires: readonly string[] } {
  if (place.newProject === null) return { projectId: place.projectId, requires: [] };
  return { projectId: newProjectId(place.newProject, tools), requires: [place.newProject] };
}

/** Why something is proposed: the reason, and the words that it comes from. */
export function because(reason: string, quotes: readonly string[]): string {
  const said = quotes.map((quote) => `“${quote.replaceAll(/\s+/gu, ' ').trim().slice(0, 300)}”`).join(' … ');
  return reason === '' ? said : `${reason} ${said}`;
}

export function instantOf(date: string | null, time: string, tools: DraftTools): string | null {
  return date === null ? null : new Date(tools.instant({ date, time })).toISOString();
}
