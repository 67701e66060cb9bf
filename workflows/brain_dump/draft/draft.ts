import { countProposed } from '../../../src/contract/operations/words.ts';
import type { Operation, ProposalDraft, ProposalNote } from '../../../src/contract/proposal.ts';
import type { DraftContract } from '../../../src/schemas/workflow-contract.ts';
import type { BrainDump } from '../contract.ts';
import { readUnderstood } from '../merge/computation.ts';
import type { Understood } from '../merge/understood.ts';
import { personOperations, projectContextOperations } from './context.ts';
import { dumpOperations, finishOperation, linkOperations } from './links.ts';
import { noteOperations, projectOperations, taskOperations, updateOperations } from './records.ts';
import type { DraftWork } from './work.ts';

function notesOf(said: Understood): readonly ProposalNote[] {
  const noted = (kind: string, title: string, texts: readonly string[]): readonly ProposalNote[] =>
    texts.map((text) => ({ kind, title, text }));
  const guessed = said.tasks
    .filter((task) => task.guesses.length > 0)
    .map((task) => `"${task.title}": ${task.guesses.join(' and ')}.`);
  return [
    ...noted('contradiction', 'Contradiction', said.contradictions),
    ...noted('guess', 'Guessed', guessed),
    ...noted('left_out', 'Left out', said.dropped),
    ...noted('insight', 'How it sounds', said.insights),
  ];
}

function summaryOf(said: Understood, made: readonly Operation[]): string {
  const counted = countProposed(made).join(', ');
  return `${counted === '' ? 'Nothing to act on' : counted}. Sure to ${Math.round(said.confidence * 100)} %.`;
}

/** What the dump comes to: records made and added to, and links from the dump to all of them. */
export const dumpDraft: DraftContract<BrainDump['drafts']['dump']['params']> = {
  facts: ['workload', 'projectContexts', 'userContext', 'brainDump'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const said = readUnderstood(facts);
    const stored = facts.brainDump;
    const work: DraftWork = {
      facts,
      tools,
      said,
      brainDumpId: stored?.id ?? tools.newId('brain-dump'),
      dumpOperation: stored === null ? 'dump' : null,
    };
    const made: readonly Operation[] = [
      ...projectOperations(work),
      ...taskOperations(work),
      ...updateOperations(work),
      ...noteOperations(work),
      ...projectContextOperations(work),
      ...personOperations(work),
    ];
    return {
      title: `Brain dump: ${said.title}`,
      summary: summaryOf(said, made),
      operations: [...dumpOperations(work), ...made, ...linkOperations(work, made), finishOperation(work, made)],
      notes: notesOf(said),
      confidence: said.confidence,
    };
  },
};
