import { diagnosis } from '../contract.ts';
import type { Diagnosis } from '../contract.ts';
import { readAnalysis, readFindings } from '../outputs.ts';
import { asJson } from '../../shared/json.ts';
import { sectionsFor } from './shared.ts';
import type { Call } from './shared.ts';

// The worst: the others are dealt with one by one.
const mostFindings = 40;

export const diagnose: Call<'diagnose', Diagnosis> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: diagnosis,
  facts: ['userContext', 'workload', 'workloadContext'],
  title: () => 'Explain the bottlenecks',
  prompt: (facts) => ({
    instructions: [
      'Code has gone through all open work of a person and found what is wrong with it: "findings". You explain why.',
      'In "bottlenecks" name the findings that matter most, worst first, each by its key, with what causes it: keys of other findings, or none. Explain each in one or two sentences a person understands, by its figures.',
      'In "summary" say in two or three sentences what holds this person up, and what would help most. Say nothing that the sections do not say.',
    ].join('\n'),
    sections: {
      ...sectionsFor(facts, readFindings(facts).slice(0, mostFindings)),
      figures: asJson(readAnalysis(facts).before),
    },
  }),
  check: (output, facts) => {
    const known = new Set(readFindings(facts).map((finding) => finding.key));
    return output.bottlenecks.flatMap(({ finding, causes }, index) => [
      ...(known.has(finding)
        ? []
        : [{ path: `bottlenecks.${index}.finding`, message: `"${finding}" is no finding; use a key of "findings"` }]),
      ...causes.flatMap((cause, at) =>
        known.has(cause) && cause !== finding
          ? []
          : [
              {
                path: `bottlenecks.${index}.causes.${at}`,
                message: `"${cause}" is no other finding; use keys of "findings", or no cause`,
              },
            ],
      ),
    ]);
  },
  reasoning: (output) =>
    [
      output.summary,
      ...output.bottlenecks.map(
        ({ finding, causes, explanation }) =>
          `${finding}${causes.length === 0 ? '' : ` (because of ${causes.join(', ')})`}: ${explanation}`,
      ),
    ].join('\n'),
  view: (output) => ({ bottlenecks: output.bottlenecks.length }),
};
