import type { FactSheet } from '../../../src/contract/facts.ts';
import { countProposed } from '../../../src/contract/operations/words.ts';
import type { ProposalDraft, ProposalNote } from '../../../src/contract/proposal.ts';
import type { DraftContract } from '../../../src/schemas/workflow-contract.ts';
import type { GeneratePhases } from '../contract.ts';
import { readProject } from '../outputs.ts';
import { strategyOf } from '../strategies.ts';
import { phaseSpans } from './dates.ts';
import { readLayout } from './layout.ts';
import type { Layout } from './layout.ts';
import { deleteOperations, phaseOperation, placeOperations, suggestOperations } from './operations.ts';

/** Tasks that come in an earlier phase than what they hard depend on. */
function orderNotes(facts: FactSheet, { phases }: Layout): readonly ProposalNote[] {
  if (strategyOf(facts) === 'by_topic') return [];
  const at = new Map(phases.flatMap((phase, index) => phase.tasks.map(({ task }) => [task.id, index] as const)));
  const titles = new Map(phases.flatMap((phase) => phase.tasks.map(({ task }) => [task.id, task.title] as const)));
  return (facts.workload?.dependencies ?? []).flatMap(({ taskId, dependsOnId, kind }) => {
    const [own, needed] = [at.get(taskId), at.get(dependsOnId)];
    if (kind !== 'hard' || own === undefined || needed === undefined || own >= needed) return [];
    const text = `It needs "${titles.get(dependsOnId) ?? ''}", which comes in a later phase.`;
    return [{ kind: 'order', title: titles.get(taskId) ?? '', text }];
  });
}

function leftNotes(facts: FactSheet, { others }: Layout): readonly ProposalNote[] {
  const replace = facts.options['replace'] === true;
  return others.flatMap((phase): ProposalNote[] => {
    if (replace && phase.staying === 0) return [];
    const text = replace
      ? 'It stays: finished tasks or subtasks are in it.'
      : 'It is in none of these phases and stays as it is; the option replace removes it when it is empty.';
    return [{ kind: 'left', title: phase.name, text }];
  });
}

function cutNotes(facts: FactSheet): readonly ProposalNote[] {
  const { cut, tasks } = readProject(facts);
  const text = `You have more open tasks than one look takes in: ${tasks.length} of this project are placed.`;
  return cut ? [{ kind: 'cut', title: 'Not all tasks may be here', text }] : [];
}

/** Phases, the place of every open task, what is missing, and on request the removal of phases that are empty then. */
export const phasesDraft: DraftContract<GeneratePhases['drafts']['phases']['params']> = {
  facts: ['userContext', 'workload'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const layout = readLayout(facts, tools);
    const spans = phaseSpans(facts, layout.phases, tools);
    const nowMs = Date.parse(facts.now);
    const phases = layout.phases.map((phase, index) =>
      phaseOperation(facts, phase, spans[index] ?? { startMs: nowMs, endMs: nowMs }),
    );
    const moves = placeOperations(facts, layout);
    const operations = [
      ...phases,
      ...moves,
      ...suggestOperations(facts, layout, tools),
      ...deleteOperations(facts, layout, moves),
    ];
    return {
      title: `Phases for ${readProject(facts).name}`,
      summary: `${countProposed(operations).join(', ')}.`,
      operations,
      notes: [...orderNotes(facts, layout), ...leftNotes(facts, layout), ...cutNotes(facts)],
    };
  },
};
