import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { Research } from '../contract.ts';
import { readFound, readLedger, readPlan, readSynthesis } from '../outputs.ts';
import type { CheckedClaim, Verified } from '../outputs.ts';
import { questionOf } from '../question.ts';
import { judgeClaims, quotesAsSynthesis } from '../report/judge-claims.ts';
import { writeNote, writeNothingFound, writeReport } from '../report/write-report.ts';
import type { Reporting } from '../report/write-report.ts';

type Verify = Research['computations']['verify'];

const mostHighlights = 5;
const highlightChars = 300;

function reportingOf(facts: FactSheet): Reporting {
  const plan = readPlan(facts);
  const ledger = readLedger(facts);
  const question = questionOf(facts);
  const synthesis = readSynthesis(facts) ?? quotesAsSynthesis({ plan, ledger });
  const judged = judgeClaims(synthesis, { question, plan, ledger });
  const answered = new Set(judged.claims.map((claim) => claim.question));
  const unanswered = plan.subQuestions.filter(({ key }) => !answered.has(key)).map((each) => each.question);
  return {
    ...judged,
    question,
    summary: synthesis.summary,
    gaps: [...new Set([...unanswered, ...synthesis.gaps])],
    plan,
    ledger,
    found: new Map(plan.subQuestions.map(({ key }) => [key, readFound(facts, key)])),
  };
}

function verify(facts: FactSheet): Verified {
  const reporting = reportingOf(facts);
  const { question, claims, unsupported, contradictions, gaps, followUps } = reporting;
  const nothing = reporting.ledger.evidence.length === 0;
  return {
    question,
    claims: [...claims],
    unsupported: [...unsupported],
    contradictions,
    gaps: [...gaps],
    followUps,
    summary: nothing ? 'Nothing was found.' : reporting.summary,
    highlights: claims.slice(0, mostHighlights).map(({ text }) => text.slice(0, highlightChars)),
    report: nothing ? writeNothingFound(reporting) : writeReport(reporting),
    note: nothing ? '' : writeNote(reporting),
  };
}

function lineOf({ key, text, evidence, doubts }: CheckedClaim): string {
  const doubt = doubts.length === 0 ? '' : ` (in none of them: ${doubts.join(', ')})`;
  return `${key}: ${text} ← ${evidence.length === 0 ? 'no evidence' : evidence.join(', ')}${doubt}`;
}

/** Looks behind every claim for its evidence, and writes the report from what holds. */
export const verifyClaims: ComputationContract<Verified, Verify['params'], Verify['view']> = {
  facts: ['focusTask'],
  title: () => 'Check every claim and write the report',
  compute: (facts) => verify(facts),
  reasoning: ({ claims, unsupported }) => [...claims, ...unsupported].map(lineOf).join('\n') || 'No claims.',
  view: ({ claims, unsupported, contradictions, gaps, highlights }) => ({
    claims: claims.length,
    unsupported: unsupported.length,
    contradictions: contradictions.length,
    gaps: gaps.length,
    highlights,
  }),
};
