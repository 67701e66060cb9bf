import type { Json } from '../../../../contract/json.ts';
import { asText } from '../../json-values.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections } from '../answerer.ts';
import { readOptimization } from './request.ts';
import type { Finding } from './request.ts';

const mostBottlenecks = 8;

/** Which kinds of findings bring about which others, when they share a task. */
const brings: Readonly<Record<string, readonly string[]>> = {
  overdue: ['unplanned', 'blocked', 'inversion', 'cancelled_need', 'stale', 'overload', 'oversized'],
  at_risk: ['overload', 'blocked', 'oversized', 'inversion', 'unplanned'],
  blocked: ['overdue', 'cancelled_need', 'inversion', 'stale', 'unplanned'],
  overload: ['duplicate', 'oversized', 'overdue'],
  project_over: ['overdue', 'blocked', 'stale'],
  stale: ['unplanned', 'duplicate'],
  late_block: ['at_risk'],
};

function causesOf(finding: Finding, all: readonly Finding[]): readonly Finding[] {
  const kinds = brings[finding.kind] ?? [];
  const own = new Set(finding.taskIds);
  return all
    .filter((other) => other.key !== finding.key && kinds.includes(other.kind))
    .filter((other) => other.taskIds.some((id) => own.has(id)))
    .slice(0, 3);
}

const kindWords = {
  en: { because: 'behind it', and: 'and', found: 'findings; the most frequent are' },
  de: { because: 'dahinter steckt', and: 'und', found: 'Befunde; am häufigsten sind' },
} as const;

function mostFrequent(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([kind, number]) => `${kind.replaceAll('_', ' ')} (${number})`)
    .join(', ');
}

/** Answers `diagnose`: the worst findings with those that share their tasks as causes, in the words of the findings. */
export function answerDiagnose(sections: Sections): Json {
  const { findings, language } = readOptimization(sections);
  const words = kindWords[language];
  const bottlenecks = findings.slice(0, mostBottlenecks).map((finding) => {
    const causes = causesOf(finding, findings);
    const why = causes.map((cause) => cause.about).join(' ');
    const explanation = [finding.about, ...(why === '' ? [] : [`${words.because}: ${why}`])].join(' ');
    return { finding: finding.key, causes: causes.map((cause) => cause.key), explanation: explanation.slice(0, 1_000) };
  });
  const worst = findings[0];
  const summary = [
    `${findings.length} ${words.found} ${mostFrequent(findings)}.`,
    ...(worst === undefined ? [] : [asText(worst.about)]),
    offlineNotice(language),
  ].join(' ');
  return { summary, bottlenecks };
}
