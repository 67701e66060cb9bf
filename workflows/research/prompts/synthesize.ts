import type { Problem } from '../../../src/contract/errors.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { duplicates } from '../../shared/duplicates.ts';
import { readLedger, readPlan, synthesis } from '../outputs.ts';
import type { Evidence, Synthesis } from '../outputs.ts';
import { asking } from './shared.ts';
import type { Call } from './shared.ts';

type Known = { readonly evidence: ReadonlySet<string>; readonly questions: ReadonlySet<string> };

function unknownIds(path: string, ids: readonly string[], known: ReadonlySet<string>): readonly Problem[] {
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `${path}.${index}`, message: `there is no evidence "${id}"` }],
  );
}

function claimProblems({ findings }: Synthesis, known: Known): readonly Problem[] {
  return findings.flatMap(({ question, claims }, at) => [
    ...(known.questions.has(question)
      ? []
      : [{ path: `findings.${at}.question`, message: `"${question}" is no sub-question` }]),
    ...claims.flatMap(({ evidence }, index) => {
      const path = `findings.${at}.claims.${index}.evidence`;
      if (evidence.length === 0) return [{ path, message: 'a claim needs evidence; leave it out where there is none' }];
      return unknownIds(path, evidence, known.evidence);
    }),
  ]);
}

function contradictionProblems({ contradictions }: Synthesis, known: Known): readonly Problem[] {
  return contradictions.flatMap(({ evidence }, at) => {
    const path = `contradictions.${at}.evidence`;
    const few = new Set(evidence).size < 2 ? [{ path, message: 'a contradiction needs two pieces of evidence' }] : [];
    return [...few, ...unknownIds(path, evidence, known.evidence)];
  });
}

function followUpProblems({ followUps, findings }: Synthesis): readonly Problem[] {
  const claims = new Set(findings.flatMap((finding) => finding.claims.map(({ key }) => key)));
  return followUps.flatMap((followUp, at) =>
    followUp.claims.flatMap((key, index) =>
      claims.has(key) ? [] : [{ path: `followUps.${at}.claims.${index}`, message: `there is no claim "${key}"` }],
    ),
  );
}

function shown({ id, questions, kind, title, quote }: Evidence): JsonObject {
  return { id, questions, source: `${kind}: ${title}`, quote };
}

export const synthesize: Call<'synthesize', Synthesis> = {
  profile: { kind: 'json', name: 'powerful' },
  maxOutputTokens: 8_000,
  temperature: 0,
  output: synthesis,
  facts: ['focusTask'],
  title: () => 'Put the evidence together',
  prompt: (facts) => ({
    instructions: [
      'You answer a question from evidence and nothing else. Every claim names the evidence it rests on by its ids; what no evidence says is no claim.',
      'Group the claims by sub-question. Say what follows from several quotes together, without going beyond them. Use figures, names and dates exactly as the quotes have them.',
      'List where sources contradict each other, each with its evidence, and in "gaps" what remains open.',
      'Follow-up tasks are for what the evidence says is to be done, decided, or unknown; each points at claims. Give none where "parameters" says so.',
      "Keys of claims are c1, c2, … over all findings. Answer rejections: change what was objected to and keep the rest. Write in the question's language.",
    ].join('\n'),
    sections: {
      ...asking(facts),
      parameters: { followUps: facts.options['followUps'] !== false },
      sub_questions: readPlan(facts).subQuestions.map(({ key, question }) => ({ key, question })),
      evidence: readLedger(facts).evidence.map(shown),
    },
  }),
  check: (output, facts) => {
    const known = {
      evidence: new Set(readLedger(facts).evidence.map(({ id }) => id)),
      questions: new Set(readPlan(facts).subQuestions.map(({ key }) => key)),
    };
    return [
      ...claimProblems(output, known),
      ...duplicates(
        output.findings.flatMap((finding) => finding.claims.map(({ key }) => key)),
        'claims',
      ),
      ...contradictionProblems(output, known),
      ...followUpProblems(output),
    ];
  },
  reasoning: (output) => output.summary,
  view: (output) => ({ claims: output.findings.reduce((sum, { claims }) => sum + claims.length, 0) }),
};
