import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { z } from 'zod';
import type { BrainDump } from '../contract.ts';
import { readSaid } from '../outputs.ts';
import { readExisting } from './existing-records.ts';
import { mergePieces } from './merge.ts';
import { reportOf } from './report.ts';
import { understood } from './understood.ts';
import type { Understood } from './understood.ts';

type Named = BrainDump['computations']['merge'];

function titleOf(facts: FactSheet): string {
  return facts.brainDump?.title ?? z.object({ title: z.string() }).parse(facts.outputs['gist']).title;
}

function countsOf(said: Understood): Named['view']['counts'] {
  return {
    projects: said.projects.length,
    tasks: said.tasks.length,
    updates: said.updates.length,
    notes: said.notes.length,
    context: said.projectAdditions.length + said.personAdditions.length,
  };
}

function highlightsOf(said: Understood): string[] {
  const firstDue = said.tasks
    .filter((task) => task.deadline !== null)
    .toSorted((a, b) => ((a.deadline ?? '') < (b.deadline ?? '') ? -1 : 1));
  const lines = [
    ...said.projects.map((project) => `New project: ${project.name}`),
    ...firstDue.slice(0, 3).map((task) => `${task.title} by ${task.deadline ?? ''}`),
    ...said.contradictions.slice(0, 3),
  ];
  return lines.slice(0, 10).map((line) => line.slice(0, 300));
}

/** What was read back of a finished merge. */
export function readUnderstood(facts: FactSheet): Understood {
  return understood.parse(facts.outputs['merge']);
}

/** Brings the pieces together and holds them against what exists. */
export const merge: ComputationContract<Understood, Named['params'], Named['view']> = {
  facts: ['workload', 'projectContexts', 'userContext', 'brainDump'],
  title: () => 'Merge and check',
  compute: (facts) => {
    const title = titleOf(facts);
    const said = mergePieces(readSaid(facts), readExisting(facts));
    return { ...said, title, markdown: reportOf(title, said) };
  },
  reasoning: (said) =>
    [
      `${said.tasks.length} tasks to make, ${said.updates.length} to add to, ${said.known.length} known already; sure to ${said.confidence}.`,
      ...said.contradictions,
      ...said.dropped,
    ].join('\n'),
  view: (said) => {
    const counts = countsOf(said);
    const oldContext = said.projectAdditions.some((each) => each.projectId !== null) || said.personAdditions.length > 0;
    return {
      title: said.title.slice(0, 200),
      confidence: said.confidence,
      counts,
      highlights: highlightsOf(said),
      changesExisting: counts.updates > 0 || oldContext,
      empty: counts.projects + counts.tasks + counts.updates + counts.notes + counts.context + said.known.length === 0,
    };
  },
};
