import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { lookAt } from '../analysis/look.ts';
import type { Figures, LaterFigures, Optimization } from '../contract.ts';
import { readFindings, readSettled } from '../outputs.ts';
import { figuresOf, latenessHours, lateTasks } from '../portfolio/figures.ts';
import { gainLines } from '../portfolio/gain-words.ts';
import { reportOf } from './report.ts';

type Types = Optimization['computations']['measure'];
type Output = {
  readonly findings: Readonly<Record<string, number>>;
  readonly before: Figures;
  readonly after: LaterFigures;
  readonly highlights: readonly string[];
  readonly markdown: string;
};

function countKinds(facts: FactSheet): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of readFindings(facts)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

// At the instant that the gain was computed for: else the days that the person took to decide would count as a loss.
function figuresNow(facts: FactSheet, tools: DraftTools): LaterFigures {
  const settled = readSettled(facts);
  const look = lookAt({ ...facts, now: settled.now }, tools);
  const old = new Map(Object.entries(settled.deadlines));
  return { ...figuresOf(look), latenessByOldDeadlines: latenessHours(lateTasks(look, old)) };
}

function withoutWeeks<T extends Figures>({ weeks: _weeks, ...figures }: T): Omit<T, 'weeks'> {
  return figures;
}

/** What was gained, measured on the records as they are now: of what was applied, and nothing else. */
export const measure: ComputationContract<Output, Types['params'], Types['view']> = {
  facts: ['workload', 'workloadContext'],
  title: () => 'Measure the gain',
  compute: (facts, _params, tools) => {
    const { before } = readSettled(facts);
    const after = figuresNow(facts, tools);
    const highlights = facts.applied === null ? [] : gainLines(before, after);
    const findings = countKinds(facts);
    return { findings, before, after, highlights, markdown: reportOf(facts, { before, after }) };
  },
  reasoning: ({ before, after }) => gainLines(before, after).join('\n'),
  view: ({ findings, before, after, highlights }) => ({
    findings: { ...findings },
    before: withoutWeeks(before),
    after: withoutWeeks(after),
    highlights: [...highlights],
  }),
};
