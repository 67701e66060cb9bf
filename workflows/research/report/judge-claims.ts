import type { CheckedClaim, Evidence, Ledger, Plan, Synthesis } from '../outputs.ts';
import { unfoundedFigures } from './figures.ts';

export type Judged = {
  readonly claims: readonly CheckedClaim[];
  readonly unsupported: readonly CheckedClaim[];
  readonly contradictions: Synthesis['contradictions'];
  readonly followUps: Synthesis['followUps'];
};

type Judging = { readonly question: string; readonly plan: Plan; readonly ledger: Ledger };

/** Without a synthesis the quotes speak for themselves: each is a claim of its own. */
export function quotesAsSynthesis({ plan, ledger }: Pick<Judging, 'plan' | 'ledger'>): Synthesis {
  const claimOf = ({ id, quote }: Evidence): Synthesis['findings'][number]['claims'][number] => ({
    key: `c-${id}`,
    text: `“${quote.replaceAll(/\s+/gu, ' ').trim().slice(0, 1_000)}”`,
    evidence: [id],
  });
  return {
    summary: 'No model put the evidence together, so the quotes stand here as they are.',
    findings: plan.subQuestions.map(({ key }) => ({
      question: key,
      claims: ledger.evidence.filter(({ questions }) => questions[0] === key).map(claimOf),
    })),
    contradictions: [],
    gaps: [],
    followUps: [],
  };
}

/** Sorts claims by whether evidence of the ledger stands behind them; what rests on nothing takes its follow-ups along. */
export function judgeClaims(synthesis: Synthesis, { question, plan, ledger }: Judging): Judged {
  const byId = new Map(ledger.evidence.map((each) => [each.id, each]));
  const known = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => byId.has(id));
  const questions = new Map(plan.subQuestions.map((each) => [each.key, each.question]));
  const judged = synthesis.findings.flatMap((finding) =>
    finding.claims.map((claim): CheckedClaim => {
      const evidence = known(claim.evidence);
      const quoted = evidence.flatMap((id) => [byId.get(id)?.quote ?? '', byId.get(id)?.title ?? '']);
      const texts = [...quoted, question, questions.get(finding.question) ?? ''];
      const doubts = evidence.length === 0 ? [] : [...unfoundedFigures(claim.text, texts)];
      return { ...claim, evidence, question: finding.question, doubts };
    }),
  );
  const claims = judged.filter(({ evidence }) => evidence.length > 0);
  const supported = new Set(claims.map(({ key }) => key));
  return {
    claims,
    unsupported: judged.filter(({ evidence }) => evidence.length === 0),
    contradictions: synthesis.contradictions
      .map((each) => ({ ...each, evidence: known(each.evidence) }))
      .filter(({ evidence }) => evidence.length > 1),
    followUps: synthesis.followUps
      .map((each) => ({ ...each, claims: each.claims.filter((key) => supported.has(key)) }))
      .filter((each) => each.claims.length > 0),
  };
}
