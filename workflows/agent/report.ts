import type { FactSheet } from '../../src/contract/facts.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import type { AgentType, Report, ReportParams } from './contract.ts';
import { readFindings } from './draft.ts';
import { cut } from '../shared/cut.ts';
import { countChanges } from './work.ts';

const endings: Readonly<Record<Exclude<ReportParams['reason'], 'finished'>, string>> = {
  repeated_calls: 'it made the same call again and again',
  ping_pong: 'it went back and forth between two calls',
  no_progress: 'its calls brought nothing new any more',
  max_turns: 'it had used all its turns',
  invalid_result: 'it gave no result that could be used',
};

function goalOf(facts: FactSheet): string {
  const goal = facts.input['userPrompt'];
  return typeof goal === 'string' ? firstLine(goal) : 'Agent';
}

function compute(facts: FactSheet, { reason, turns }: ReportParams): Report {
  const heading = `# ${goalOf(facts)}`;
  if (reason !== 'finished') {
    const markdown = `${heading}\n\nThe agent ended after ${turns} turns without a result: ${endings[reason]}. The run's steps show what it read. Nothing is proposed.`;
    return { markdown, highlights: [`Ended without a result: ${endings[reason]}.`], changes: 0 };
  }
  const found = readFindings(facts);
  if (found === null) return { markdown: heading, highlights: [], changes: 0 };
  const report = found.report.startsWith('# ') ? found.report : `${heading}\n\n${found.report}`;
  return { markdown: report, highlights: found.highlights, changes: countChanges(found) };
}

/** The report as a file has it: the agent's own, or an honest word about how it ended. */
export const report: ComputationContract<Report, ReportParams, AgentType['computations']['report']['view']> = {
  facts: [],
  title: () => 'Write the report',
  compute,
  reasoning: ({ highlights }) => highlights.join('\n'),
  view: ({ highlights, changes }) => ({ highlights: highlights.map((each) => cut(each, 300)), changes }),
};
