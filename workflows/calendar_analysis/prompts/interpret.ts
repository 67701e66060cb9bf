import { situation } from '../../shared/situation.ts';
import { interpretation } from '../contract.ts';
import type { Interpretation } from '../contract.ts';
import { readPatterns } from '../outputs.ts';
import { figuresSection, seriesSection, subjects } from './shared.ts';
import type { Call } from './shared.ts';

export const interpret: Call<'interpret', Interpretation> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: interpretation,
  facts: ['userContext'],
  title: () => 'Say what the patterns mean',
  prompt: (facts) => ({
    instructions: [
      'You tell a person what their calendar shows: what takes their time, what comes back, what breaks their days apart, and what they could change.',
      'The sections "series" and "figures" were counted by code. Use their numbers as they are and count nothing yourself. A series of kind "implicit" has no rule in the calendar: it was found by its regularity.',
      'Each finding names in "about" what it speaks of: keys of series (s1) or conflicts (c1), or load, trend, focus, fragmentation, outside_hours, conflicts, chains, all_day, weekday-1 (Monday) to weekday-7.',
      'At most eight findings, the weightiest first. No judgement about people, no advice that the numbers do not bear. Write in the language of the intent.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      series: seriesSection(readPatterns(facts)),
      figures: figuresSection(readPatterns(facts)),
    },
  }),
  check: (output, facts) => {
    const known = subjects(facts);
    return output.findings.flatMap((finding, index) =>
      finding.about
        .filter((key) => !known.has(key))
        .map((key) => ({
          path: `findings.${index}.about`,
          message: `"${key}" is nothing that was found; use keys of "series" and "figures"`,
        })),
    );
  },
  reasoning: (output) =>
    [output.summary, ...output.findings.map((each) => `${each.title}: ${each.explanation}`)].join('\n'),
  view: (output) => ({ findings: output.findings.length }),
};
