import { z } from 'zod';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { countDone } from '../../../src/contract/operations/words.ts';
import type { Figures, LaterFigures } from '../contract.ts';
import { readDiagnosis, readFindings, readSettled } from '../outputs.ts';
import { gainLines, weekLines } from '../portfolio/gain-words.ts';

const mostFindings = 60;

/** The part of an apply's outcome that is told. */
const appliedResult = z.object({
  counts: z.record(z.string(), z.number()),
  refused: z.number(),
  failed: z.array(z.object({ operationId: z.string(), error: z.string() })),
});

type Measured = { readonly before: Figures; readonly after: LaterFigures };

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
}

// Texts of records stand in the report as they are: what looks like Markdown in them must not be taken for it.
function plain(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_<>[\]|#]/gu, (mark) => `\\${mark}`);
}

function doneLines(facts: FactSheet): readonly string[] {
  const result = appliedResult.safeParse(facts.applied);
  if (!result.success) return [];
  const { counts, refused, failed } = result.data;
  return [
    ...countDone(counts),
    ...(refused === 0 ? [] : [`${refused} refused`]),
    ...failed.map((each) => `${each.operationId} failed: ${plain(each.error)}`),
  ];
}

function currentLines({ after }: Measured): readonly string[] {
  return [
    `${after.openTasks} open tasks, ${after.lateTasks} of them late: ${after.latenessHours} h altogether`,
    `${after.overloadedWeeks} overloaded weeks`,
    `Longest chain of dependencies: ${after.longestChain} tasks`,
  ];
}

function diagnosisLines(facts: FactSheet): readonly string[] {
  const diagnosis = readDiagnosis(facts);
  if (diagnosis === null) return [];
  const reasons = diagnosis.bottlenecks.map(({ finding, causes, explanation }) => {
    const because = causes.length === 0 ? '' : ` (because of ${causes.join(', ')})`;
    return `- **${finding}**${because}: ${plain(explanation)}`;
  });
  return ['## Why', '', plain(diagnosis.summary), '', ...reasons, ''];
}

/** All of it for reading: figures, load, causes, findings, and what was left as it is. */
export function reportOf(facts: FactSheet, measured: Measured): string {
  const findings = readFindings(facts);
  const done = doneLines(facts);
  const { before, after } = measured;
  const nothing = ['Nothing was found that should be changed.', ''];
  return [
    '# Open work, looked at as a whole',
    '',
    ...(findings.length === 0 ? nothing : []),
    ...(done.length === 0
      ? section('Figures', currentLines(measured))
      : [...section('Gain: before → after', gainLines(before, after)), ...section('Done', done)]),
    ...section('Load by week: before → after', weekLines(before, after)),
    ...diagnosisLines(facts),
    ...section(
      'Findings',
      findings
        .slice(0, mostFindings)
        .map((finding) => `**${finding.key}** (${finding.severity}): ${plain(finding.about)}`),
    ),
    ...section(
      'Left as it is',
      readSettled(facts).notes.map((note) => `${plain(note.title)} ${plain(note.text)}`),
    ),
  ].join('\n');
}
