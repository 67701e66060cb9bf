import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { sourceKinds } from '../../src/contract/facts/source-facts.ts';
import { priorities } from '../../src/contract/proposal.ts';

const questionKey = z.string().regex(/^q\d{1,2}$/, 'expected a key like q1');

/** Sub-questions, each with the words it is searched by. */
export const plan = z.object({
  subQuestions: z
    .array(
      z.object({
        key: questionKey,
        question: z.string().trim().min(1).max(500),
        words: z.array(z.string().trim().min(1).max(100)).min(1).max(12),
        why: z.string().max(1_000),
      }),
    )
    .min(1)
    .max(12),
  reasoning: z.string(),
});

/** What the search for a sub-question found; `key` names a stretch of a source to the model that quotes it. */
export const found = z.object({
  searched: z.array(z.string()),
  sources: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(sourceKinds),
      id: z.string(),
      title: z.string(),
      start: z.int(),
      end: z.int(),
    }),
  ),
});

export const quotes = z.object({
  quotes: z.array(z.object({ source: z.string().max(40), quote: z.string().min(1).max(1_500) })).max(25),
  missing: z.string().max(1_000),
});

export const gathered = z.object({
  evidence: z
    .array(
      z.object({
        kind: z.enum([...sourceKinds, 'tool']),
        source: z.string().min(1).max(100).meta({ description: "The source's id, or the name of the tool." }),
        quote: z.string().min(1).max(1_500).meta({ description: 'Verbatim from the source.' }),
      }),
    )
    .max(30),
  missing: z.string().max(1_000).meta({ description: 'What was not found.' }),
});

/** A quote that is in its source. Id, hash and place were found by code. */
export const evidence = z.object({
  id: z.string(),
  questions: z.array(z.string()),
  kind: z.enum([...sourceKinds, 'tool']),
  sourceId: z.string(),
  title: z.string(),
  sha256: z.string(),
  start: z.int(),
  end: z.int(),
  quote: z.string(),
  match: z.enum(['exact', 'near']),
});

export const ledger = z.object({
  evidence: z.array(evidence),
  /** Marked `unverified` and never shown to the synthesis. */
  dropped: z.array(
    z.object({
      question: z.string(),
      source: z.string(),
      quote: z.string(),
      status: z.literal('unverified'),
      why: z.string(),
    }),
  ),
  counts: z.object({ given: z.int(), exact: z.int(), near: z.int(), merged: z.int(), unverified: z.int() }),
  sources: z.int(),
});

const claim = z.object({
  key: z.string().min(1).max(40),
  text: z.string().trim().min(1).max(2_000),
  evidence: z.array(z.string()).max(20),
});

export const synthesis = z.object({
  summary: z.string().max(4_000),
  findings: z.array(z.object({ question: z.string(), claims: z.array(claim).max(20) })).max(12),
  contradictions: z.array(z.object({ text: z.string().min(1).max(1_000), evidence: z.array(z.string()) })).max(20),
  gaps: z.array(z.string().min(1).max(500)).max(20),
  followUps: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(200),
        why: z.string().max(1_000),
        claims: z.array(z.string()).min(1).max(10),
        priority: z.enum(priorities),
        durationMinutes: z.int().min(5).max(10_000),
      }),
    )
    .max(12),
});

const checkedClaim = claim.extend({
  question: z.string(),
  /** Figures of the claim that none of its quotes has. */
  doubts: z.array(z.string()),
});

export const verified = z.object({
  question: z.string(),
  claims: z.array(checkedClaim),
  unsupported: z.array(checkedClaim),
  contradictions: synthesis.shape.contradictions,
  gaps: z.array(z.string()),
  followUps: synthesis.shape.followUps,
  summary: z.string(),
  highlights: z.array(z.string()),
  /** Markdown: the whole report, and the same shortened for a note. */
  report: z.string(),
  note: z.string(),
});

export type Plan = z.infer<typeof plan>;
export type SubQuestion = Plan['subQuestions'][number];
export type Found = z.infer<typeof found>;
export type Quotes = z.infer<typeof quotes>;
export type Gathered = z.infer<typeof gathered>;
export type Evidence = z.infer<typeof evidence>;
export type Ledger = z.infer<typeof ledger>;
export type Synthesis = z.infer<typeof synthesis>;
export type CheckedClaim = z.infer<typeof checkedClaim>;
export type Verified = z.infer<typeof verified>;

export function readPlan(facts: FactSheet): Plan {
  return plan.parse(facts.outputs['plan']);
}

/** A sub-question of the plan; a key that is none is an error of ours. */
export function readQuestion(facts: FactSheet, key: string): SubQuestion {
  const question = readPlan(facts).subQuestions.find((each) => each.key === key);
  if (question === undefined) throw new Error(`There is no sub-question ${key}.`);
  return question;
}

/** What was found, quoted and gathered for a sub-question; nothing of steps that were not made or failed. */
export function readFound(facts: FactSheet, key: string): Found {
  return found.parse(facts.outputs[`find/${key}`] ?? { searched: [], sources: [] });
}

export function readQuotes(facts: FactSheet, key: string): Quotes['quotes'] {
  const output = facts.outputs[`extract/${key}`];
  return output === undefined ? [] : quotes.parse(output).quotes;
}

export function readGathered(facts: FactSheet, key: string): Gathered['evidence'] {
  const output = facts.outputs[`gather/${key}`];
  return output === undefined ? [] : gathered.parse(output).evidence;
}

export function readLedger(facts: FactSheet): Ledger {
  return ledger.parse(facts.outputs['ledger']);
}

/** Null when no model gave a usable one. */
export function readSynthesis(facts: FactSheet): Synthesis | null {
  const output = facts.outputs['synthesize'];
  return output === undefined ? null : synthesis.parse(output);
}

export function readVerified(facts: FactSheet): Verified {
  return verified.parse(facts.outputs['verify']);
}
