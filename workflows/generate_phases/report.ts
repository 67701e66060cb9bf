import type { FactSheet } from '../../src/contract/facts.ts';
import type { ComputationContract } from '../../src/schemas/workflow-contract.ts';
import { count } from '../shared/count.ts';
import { appliedLines } from '../shared/applied.ts';
import type { GeneratePhases } from './contract.ts';
import { cut } from '../shared/cut.ts';
import { readAssignments, readPhases, readProject, readSuggestions } from './outputs.ts';

type Report = { readonly markdown: string; readonly highlights: readonly string[] };

function writeReport(facts: FactSheet): Report {
  const { name, tasks } = readProject(facts);
  const { phases, reasoning } = readPhases(facts);
  const assigned = readAssignments(facts);
  const sections = phases.flatMap((phase) => [
    `## ${phase.name}`,
    '',
    ...(phase.goal === '' ? [] : [phase.goal, '']),
    ...tasks
      .filter((task) => assigned.get(task.id)?.phase === phase.key)
      .map((task) => `- ${task.title}: ${assigned.get(task.id)?.reason ?? ''}`),
    ...readSuggestions(facts, phase.key).map((task) => `- ${task.title} (suggested): ${task.reason}`),
    '',
  ]);
  const done = appliedLines(facts);
  const notes = facts.proposalNotes.map((note) => `- ${note.title}: ${note.text}`);
  const lines = [
    `# Phases of ${name}`,
    '',
    reasoning,
    '',
    ...sections,
    '## What was done',
    '',
    ...done.map((line) => `- ${line}`),
    ...notes,
    '',
  ];
  return { markdown: lines.join('\n'), highlights: [`${count(phases.length, 'phase')} for "${name}".`, ...done] };
}

type Spec = GeneratePhases['computations']['report'];

/** Tells the person what the phases are and what became of the proposal. */
export const report: ComputationContract<Report, Spec['params'], Spec['view']> = {
  facts: [],
  title: () => 'Write down the phases',
  compute: (facts) => writeReport(facts),
  reasoning: ({ highlights }) => highlights.join('\n'),
  view: ({ highlights }) => ({ highlights: highlights.slice(0, 10).map((each) => cut(each, 300)) }),
};
