import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { countProposed } from '../../../src/contract/operations/words.ts';
import type { Operation, ProposalDraft, ProposalNote } from '../../../src/contract/proposal.ts';
import type { DraftContract } from '../../../src/schemas/workflow-contract.ts';
import type { Optimization } from '../contract.ts';
import type { Measure, MeasureKind } from '../measures/measure.ts';
import { readAnalysis, readDiagnosis } from '../outputs.ts';
import { gainLines, weekLines } from '../portfolio/gain-words.ts';
import { addDependency, closeProject, extendProject, moveBlocks, removeDependency } from './other-operations.ts';
import { draftSetting } from './setting.ts';
import type { Maker, Setting } from './setting.ts';
import { drop, estimate, merge, move, reprioritize, reschedule, split } from './task-operations.ts';

const makers: { readonly [Kind in MeasureKind]: Maker<Kind> } = {
  merge,
  drop,
  split,
  move,
  reschedule,
  move_blocks: moveBlocks,
  reprioritize,
  estimate,
  add_dependency: addDependency,
  remove_dependency: removeDependency,
  extend_project: extendProject,
  close_project: closeProject,
};

function make<Kind extends MeasureKind>(measure: Extract<Measure, { kind: Kind }>, setting: Setting, id: string) {
  // A measure's own kind picks its maker: what indexing by a union can't say.
  const maker = makers[measure.kind] as unknown as Maker<Kind>;
  return maker(measure, setting, id);
}

/** Operations in the order of the measures, with ids that people can type: `merge-1`, `drop-2`. */
function operationsOf(setting: Setting): readonly Operation[] {
  const numbers = new Map<MeasureKind, number>();
  return setting.settled.measures.flatMap((measure) => {
    const number = (numbers.get(measure.kind) ?? 0) + 1;
    numbers.set(measure.kind, number);
    return make(measure, setting, `${measure.kind.replaceAll('_', '-')}-${number}`);
  });
}

function notesOf(facts: FactSheet, { settled }: Setting): readonly ProposalNote[] {
  const { leftOut } = readAnalysis(facts);
  const diagnosis = readDiagnosis(facts);
  const splits = settled.measures.filter((measure) => measure.kind === 'split').length;
  const { before, after } = settled;
  return [
    { kind: 'gain', title: 'Gain, when all of it is applied', text: gainLines(before, after).join('\n') },
    { kind: 'load', title: 'Load by week', text: weekLines(before, after).join('\n') },
    ...(diagnosis === null ? [] : [{ kind: 'diagnosis', title: 'Why', text: diagnosis.summary }]),
    ...(splits === 0
      ? []
      : [
          {
            kind: 'next',
            title: 'Parts of split tasks',
            text: 'A split makes rough parts. Run task_decomposition on a task for steps, acceptance checks and better estimates.',
          },
        ]),
    ...(leftOut === 0
      ? []
      : [{ kind: 'cut', title: 'More to find', text: `${leftOut} lesser findings were left for the next run.` }]),
    ...settled.notes,
  ];
}

/** The settled measures as operations, each with before and after, and what they gain together. */
export const reorganization: DraftContract<Optimization['drafts']['reorganization']['params']> = {
  facts: ['workload', 'workloadContext'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools: DraftTools): ProposalDraft => {
    const setting = draftSetting(facts, tools);
    const operations = operationsOf(setting);
    const { before, after } = setting.settled;
    return {
      title: `Reorganize ${before.openTasks} open tasks (${operations.length} changes)`,
      summary: `${countProposed(operations).join(', ')}. ${gainLines(before, after).slice(0, 4).join('; ')}.`,
      operations,
      notes: notesOf(facts, setting),
    };
  },
};
