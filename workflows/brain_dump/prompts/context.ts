import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { asJson } from '../../shared/json.ts';
import { saidFacts } from '../contract.ts';
import type { SaidFacts } from '../contract.ts';
import { pieceText } from '../outputs.ts';
import { oneLine } from '../merge/words.ts';
import { knownProjects, largestPrompt, pieceSections, quoteProblems } from './shared.ts';
import type { Call } from './shared.ts';

function targetProblems(output: SaidFacts, facts: FactSheet, text: string): readonly Problem[] {
  const known = knownProjects(facts);
  const source = oneLine(text).toLowerCase();
  return output.facts.flatMap(({ kind, project, field }, index) => {
    const named = project === null || known.has(project) || source.includes(oneLine(project).toLowerCase());
    const target = named
      ? []
      : [
          {
            path: `facts.${index}.project`,
            message: `"${project}" is neither an id of "projects" nor a name that the text has`,
          },
        ];
    if (kind === 'project' && project === null)
      return [...target, { path: `facts.${index}.project`, message: 'a fact of a project names it' }];
    return kind === 'person' && field === null
      ? [
          ...target,
          { path: `facts.${index}.field`, message: 'a fact of the person names the field that it belongs to' },
        ]
      : target;
  });
}

export const takeContext: Call<'context', SaidFacts> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 6_000,
  temperature: 0,
  output: saidFacts,
  facts: ['workload', 'brainDump', 'userContext'],
  title: ({ piece }) => `Take the context out of ${piece}`,
  prompt: (facts, { piece }) => ({
    instructions: [
      'You take out of a person\'s stream of thoughts ("intent") what is worth knowing later and is no task: facts of a project (kind "project"), lasting facts of the person (kind "person", with the field of their profile), ideas and other thoughts worth keeping (kind "note", category "idea" or "thought").',
      'Leave out tasks, small talk and passing moods. text is what was said, word for word or nearly so; quote the stretch it comes from.',
      'project is an id of "projects", or the name that the text gives a new project.',
      'Under "insights": at most a few sentences about how things are for the person (moods, worries, patterns), as careful observations.',
    ].join('\n'),
    sections: { ...pieceSections(facts, piece), user_context: asJson(facts.userContext) },
  }),
  largest: (facts) => ({ ...largestPrompt(facts, 1), user_context: asJson(facts.userContext) }),
  check: (output, facts, { piece }) => [
    ...targetProblems(output, facts, pieceText(facts, piece)),
    ...quoteProblems(
      output.facts.map(({ quote }, index) => ({ path: `facts.${index}.quote`, quote })),
      pieceText(facts, piece),
    ),
  ],
  reasoning: (output) =>
    [...output.facts.map((fact) => `${fact.kind}: ${fact.text}`), ...output.insights].join('\n') ||
    'Nothing worth keeping beside the tasks.',
  view: (output) => ({ facts: output.facts.length }),
};
