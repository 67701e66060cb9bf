import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { CreateProject } from '../../../src/contract/proposal.ts';
import { rhythmWords } from '../cadence-words.ts';
import type { Suggestions } from '../contract.ts';
import { readPatterns, readSuggestions } from '../outputs.ts';

type Suggestion = Suggestions['projects'][number];

function newProjects(facts: FactSheet): readonly Suggestion[] {
  return readSuggestions(facts).projects.filter(({ existingProjectId }) => existingProjectId === null);
}

/** Where a task's project is: its id, and the operation that makes it where it is new. */
export type Place = { readonly projectId: string | null; readonly requires: readonly string[] };

/** Finds the project that a task names by a suggestion's key or an id; without one, the run's own. */
export function placeOf(facts: FactSheet, project: string | null, tools: DraftTools): Place {
  const suggestion = readSuggestions(facts).projects.find(({ key }) => key === project);
  if (suggestion === undefined) return { projectId: project ?? facts.project?.id ?? null, requires: [] };
  if (suggestion.existingProjectId !== null) return { projectId: suggestion.existingProjectId, requires: [] };
  const index = newProjects(facts).findIndex(({ key }) => key === suggestion.key);
  return { projectId: tools.newId(`project/${suggestion.key}`), requires: [`project-${index + 1}`] };
}

/** A project for each topic that has none, with the series it comes from in its context. */
export function projectOperations(facts: FactSheet, tools: DraftTools): readonly CreateProject[] {
  const bySeries = new Map(readPatterns(facts).series.map((series) => [series.key, series]));
  return newProjects(facts).map(({ key, name, description, series, reason }, index) => {
    const sources = series.flatMap((each) => bySeries.get(each) ?? []);
    const lines = sources.map((each) => `- ${each.title}: ${rhythmWords(each)}, ${each.hoursPerMonth} h a month`);
    return {
      id: `project-${index + 1}`,
      kind: 'create_project',
      title: `Create project "${name}"`,
      reason: `${reason} From: ${sources.map((each) => `"${each.title}" ${rhythmWords(each)}`).join('; ')}.`,
      requires: [],
      payload: {
        projectId: tools.newId(`project/${key}`),
        name,
        description: description === '' ? null : description,
        executiveSummary: null,
        context: `Recurring in the calendar:\n${lines.join('\n')}`,
        startDate: null,
        endDate: null,
        source: 'calendar_analysis',
      },
    };
  });
}
