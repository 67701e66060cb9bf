import type { FactSheet } from '../../src/contract/facts.ts';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import { appliedLines } from '../shared/applied.ts';
import { formatRange } from './durations.ts';
import { readOrder, readParts } from './outputs.ts';
import type { Part } from './outputs.ts';

type Report = { readonly markdown: string; readonly highlights: readonly string[] };

function partSection(part: Part, after: readonly string[]): string {
  return [
    `## ${part.title}`,
    '',
    `${part.reason}${after.length === 0 ? '' : ` After ${after.join(', ')}.`}${part.taskId === null ? '' : ' It existed before.'}`,
    '',
    ...part.steps.map((step) => `- [ ] ${step}`),
    '',
    `Done when: ${part.acceptance}`,
  ].join('\n');
}

function heading(facts: FactSheet): readonly string[] {
  const { title, summary, leaves, total } = readParts(facts);
  return [
    `# ${title}`,
    '',
    ...(summary === '' || summary === title ? [] : [summary, '']),
    `${leaves.length} subtasks, together ${formatRange(total)}.`,
  ];
}

function ending(facts: FactSheet): readonly string[] {
  const { leftLarge, done, kept } = readParts(facts);
  const unscheduled = facts.proposalNotes.filter((note) => note.kind === 'unscheduled');
  return [
    ...appliedLines(facts).map((line) => `- ${line}`),
    ...leftLarge.map((title) => `- Still long: ${title}`),
    ...done.map((title) => `- Finished before: ${title}`),
    ...kept.map(({ title }) => `- Left as it was: ${title}`),
    ...unscheduled.map(({ title, text }) => `- Not in the calendar: ${title} (${text})`),
  ];
}

function writeReport(facts: FactSheet): Report {
  const { title, leaves, total } = readParts(facts);
  const titles = new Map(leaves.map((leaf) => [leaf.key, leaf.title]));
  const order = readOrder(facts);
  const sections = leaves.map((leaf) =>
    partSection(
      leaf,
      order.filter((edge) => edge.task === leaf.key).map((edge) => `"${titles.get(edge.dependsOn) ?? ''}"`),
    ),
  );
  const lines = [...heading(facts), '', sections.join('\n\n'), '', '## What was done', '', ...ending(facts), ''];
  return {
    markdown: lines.join('\n'),
    highlights: [`"${title}" has ${leaves.length} subtasks, together ${formatRange(total)}.`, ...appliedLines(facts)],
  };
}

/** Tells the person what the subtasks are and what became of the proposal, from nothing but what is stored. */
export const report: ComputationContract<Report, NoParams, { readonly highlights: readonly string[] }> = {
  facts: [],
  title: () => 'Write down the subtasks',
  compute: (facts) => writeReport(facts),
  reasoning: ({ highlights }) => highlights.join('\n'),
  view: ({ highlights }) => ({ highlights: highlights.slice(0, 10).map((each) => each.slice(0, 300)) }),
};
