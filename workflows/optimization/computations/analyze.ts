import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { findAll } from '../analysis/find-all.ts';
import type { Finding } from '../analysis/finding.ts';
import { lookAt } from '../analysis/look.ts';
import type { Look } from '../analysis/look.ts';
import type { Optimization } from '../contract.ts';
import { portfolioAfter } from '../measures/after.ts';
import { wishedMeasures } from '../measures/own-measures.ts';
import type { Analysis } from '../outputs.ts';
import { figuresOf } from '../portfolio/figures.ts';
import { readWishes } from '../portfolio/wishes.ts';

// More than anybody would decide about in one sitting; the worst come first, the next run finds the rest.
const mostFindings = 200;
// About what a task takes in a prompt beside its finding.
const charsPerTask = 400;

type Types = Optimization['computations']['analyze'];
type Output = { readonly findings: readonly Finding[] } & Pick<Analysis, 'leftOut' | 'before'>;

function isShared(finding: Pick<Finding, 'kind' | 'evidence'>): boolean {
  return finding.kind === 'duplicate' && finding.evidence['across'] === 'yes';
}

function focusOf(facts: FactSheet): readonly string[] | null {
  const { focus } = facts.options;
  if (typeof focus === 'string') return [focus];
  return Array.isArray(focus) ? focus.filter((kind) => typeof kind === 'string') : null;
}

// What the person wants to begin later is looked for from there: a date that ignores it would help nobody.
function asWished(look: Look, facts: FactSheet, tools: DraftTools): Look {
  const wished = wishedMeasures(look, readWishes(facts));
  return wished.length === 0 ? look : lookAt(facts, tools, portfolioAfter(look.portfolio, wished, tools));
}

function toItem(finding: Finding): { readonly key: string; readonly chars: number } {
  const tasks = Math.min(finding.taskIds.length, 10);
  return { key: finding.key, chars: finding.about.length + tasks * charsPerTask };
}

/** Everything that is wrong with the open work, found by code, and the figures before anything is done. */
export const analyze: ComputationContract<Output, Types['params'], Types['view']> = {
  facts: ['workload', 'workloadContext'],
  title: () => 'Look for bottlenecks',
  compute: (facts, _params, tools) => {
    const look = lookAt(facts, tools);
    const all = findAll(asWished(look, facts, tools), focusOf(facts));
    const findings = all.slice(0, mostFindings);
    return { findings, leftOut: all.length - findings.length, before: figuresOf(look) };
  },
  reasoning: ({ findings, before }) =>
    [
      `${before.openTasks} open tasks, ${findings.length} findings.`,
      ...findings.slice(0, 40).map((finding) => `${finding.key} (${finding.severity}): ${finding.about}`),
    ].join('\n'),
  view: ({ findings }) => ({
    // By project, so that a batch sees what belongs together.
    own: findings
      .filter((finding) => !isShared(finding))
      .toSorted((a, b) => (a.projectIds[0] ?? '').localeCompare(b.projectIds[0] ?? ''))
      .map(toItem),
    shared: findings.filter(isShared).map(toItem),
  }),
};
