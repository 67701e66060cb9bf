import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { suggestions } from '../contract.ts';
import type { Suggestions } from '../contract.ts';
import { readArrangement, readPatterns } from '../outputs.ts';
import { knownProjects, seriesSection } from './shared.ts';
import type { Call } from './shared.ts';

function arrangedKeys(facts: FactSheet): ReadonlySet<string> {
  const { moves, cancels, focus } = readArrangement(facts);
  return new Set([...moves, ...cancels, ...focus].map(({ key }) => key));
}

function check(output: Suggestions, facts: FactSheet): readonly Problem[] {
  const series = new Set(readPatterns(facts).series.map(({ key }) => key));
  const projects = new Set(knownProjects(facts).map(({ id }) => id));
  const arranged = arrangedKeys(facts);
  const used = new Set<string>();
  const references = output.projects.flatMap(({ series: keys, existingProjectId }, index) => {
    const unknown = keys.flatMap((key) => {
      if (!series.has(key)) return [`"${key}" is no series; use keys of "series"`];
      if (used.has(key)) return [`"${key}" is in two suggestions`];
      used.add(key);
      return [];
    });
    return [
      ...unknown.map((message) => ({ path: `projects.${index}.series`, message })),
      ...(existingProjectId === null || projects.has(existingProjectId)
        ? []
        : [
            {
              path: `projects.${index}.existingProjectId`,
              message: `"${existingProjectId}" is no project; use null or an id of "projects"`,
            },
          ]),
    ];
  });
  const left = output.leaveOut.flatMap((key, index) =>
    arranged.has(key) ? [] : [{ path: `leaveOut.${index}`, message: `"${key}" is no key of "arrangement"` }],
  );
  const keys = output.projects.map(({ key }) => key);
  return [...duplicates(keys, 'projects'), ...references, ...left];
}

export const suggest: Call<'suggest', Suggestions> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: suggestions,
  facts: ['userContext', 'project', 'workload'],
  title: () => 'Suggest projects',
  prompt: (facts) => ({
    instructions: [
      'You find topics in a calendar that deserve a project: recurring work with a purpose, to which tasks belong. Not lunch, breaks, holidays, sports or routine without tasks.',
      'Each suggestion names the series it comes from by their keys; series about one topic go together, none into two. Where one of "projects" is about it already, give its id in existingProjectId, else null. Keys are p1, p2, … .',
      'Few and certain is better than many. Obey "rejections": leave out what was objected to. Keys of "arrangement" (changes of the calendar that code proposes) that were objected to go into leaveOut.',
      'Write in the language of the series.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      series: seriesSection(readPatterns(facts)),
      projects: asJson(knownProjects(facts)),
      arrangement: asJson(readArrangement(facts)),
      'output.interpret': facts.outputs['interpret'] ?? null,
    },
  }),
  check,
  reasoning: (output) =>
    output.projects.map((each) => `${each.name} (${each.series.join(', ')}): ${each.reason}`).join('\n'),
  view: (output) => ({
    newProjects: output.projects.filter((each) => each.existingProjectId === null).length,
    leftOut: new Set(output.leaveOut).size,
  }),
};
