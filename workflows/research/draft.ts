import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import { countProposed } from '../../src/contract/operations/words.ts';
import type { CreateNote, CreateTask, ProposalDraft, ProposalNote } from '../../src/contract/proposal.ts';
import type { DraftContract } from '../../src/schemas/workflow-contract.ts';
import { count } from '../shared/count.ts';
import { normalizedTitle } from '../shared/words.ts';
import type { Research } from './contract.ts';
import { readLedger, readVerified } from './outputs.ts';
import type { Verified } from './outputs.ts';
import { inline } from './report/text.ts';
import { reportPrefix } from './scope.ts';

type FollowUp = Verified['followUps'][number];
type Drafting = { readonly facts: FactSheet; readonly verified: Verified; readonly tools: DraftTools };

const titleChars = 150;
const quoteChars = 300;

function noteOperation({ facts, verified, tools }: Drafting): CreateNote {
  const title = `${reportPrefix}${inline(verified.question, titleChars)}`;
  return {
    id: 'note',
    kind: 'create_note',
    title: `Keep the report as note "${title}"`,
    reason: `${count(verified.claims.length, 'claim')}, each with its quotes.`,
    requires: [],
    payload: {
      noteId: tools.newId('note'),
      projectId: facts.project?.id ?? null,
      title,
      content: verified.note,
      category: 'research',
      tags: ['research'],
    },
  };
}

/** What a follow-up rests on: its claims, each with its first quote. */
function groundsOf(followUp: FollowUp, { facts, verified }: Drafting): string {
  const byId = new Map(readLedger(facts).evidence.map((each) => [each.id, each]));
  const lines = verified.claims
    .filter(({ key }) => followUp.claims.includes(key))
    .map(({ text, evidence }) => {
      const first = byId.get(evidence[0] ?? '');
      const source = first === undefined ? '' : ` (${first.title}: “${inline(first.quote, quoteChars)}”)`;
      return `- ${inline(text, quoteChars)}${source}`;
    });
  return [followUp.why, '', 'It rests on:', ...lines].join('\n').trim();
}

function taskOperation(followUp: FollowUp, index: number, drafting: Drafting): CreateTask {
  const { facts, tools } = drafting;
  return {
    id: `task-${index + 1}`,
    kind: 'create_task',
    title: `Add task "${followUp.title}"`,
    reason: followUp.why === '' ? `It follows from ${followUp.claims.join(', ')}.` : followUp.why,
    requires: [],
    payload: {
      taskId: tools.newId(`task/${index + 1}`),
      projectId: facts.project?.id ?? null,
      phaseId: null,
      order: index + 1,
      parentTaskId: null,
      assignmentReason: `It follows from research: ${inline(drafting.verified.question, titleChars)}`,
      title: followUp.title,
      description: groundsOf(followUp, drafting),
      taskSteps: null,
      priority: followUp.priority,
      durationMinutes: followUp.durationMinutes,
      startDate: null,
      deadline: null,
    },
  };
}

/** Follow-ups that are wanted and no open task yet. */
function wanted({ facts, verified }: Drafting): {
  readonly fresh: readonly FollowUp[];
  readonly there: readonly FollowUp[];
} {
  if (facts.options['followUps'] === false) return { fresh: [], there: [] };
  const projectId = facts.project?.id ?? null;
  // Another project's tasks are about something else, whatever they are called.
  const near = facts.tasks.filter((task) => task.projectId === null || task.projectId === projectId);
  const open = new Set(near.map(({ title }) => normalizedTitle(title)));
  const isThere = ({ title }: FollowUp): boolean => open.has(normalizedTitle(title));
  const titles = verified.followUps.map(({ title }) => normalizedTitle(title));
  // Of two that say the same, one is enough.
  const once = verified.followUps.filter(({ title }, index) => titles.indexOf(normalizedTitle(title)) === index);
  return { fresh: once.filter((each) => !isThere(each)), there: once.filter(isThere) };
}

function notesOf({ contradictions, gaps }: Verified, there: readonly FollowUp[]): readonly ProposalNote[] {
  return [
    ...contradictions.map(({ text }) => ({ kind: 'contradiction', title: 'Contradiction', text })),
    ...gaps.map((text) => ({ kind: 'gap', title: 'Open', text })),
    ...there.map(({ title }) => ({ kind: 'existing', title, text: 'There is an open task of this title already.' })),
  ];
}

/** The report as a note, and the follow-up tasks, each to be accepted or refused by itself. */
export const findingsDraft: DraftContract<Research['drafts']['findings']['params']> = {
  facts: ['project', 'tasks', 'focusTask'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const drafting = { facts, verified: readVerified(facts), tools };
    const { fresh, there } = wanted(drafting);
    const operations = [
      noteOperation(drafting),
      ...fresh.map((followUp, index) => taskOperation(followUp, index, drafting)),
    ];
    const { verified } = drafting;
    return {
      title: `Findings on "${inline(verified.question, titleChars)}"`,
      summary: `${count(verified.claims.length, 'claim')} with evidence, ${count(verified.contradictions.length, 'contradiction')}, ${count(verified.gaps.length, 'gap')}. ${countProposed(operations).join(', ')}.`,
      operations,
      notes: notesOf(verified, there),
    };
  },
};
