import type { FactSheet } from '../../../src/contract/facts.ts';
import { countProposed } from '../../../src/contract/operations/words.ts';
import type { ProposalDraft, ProposalNote } from '../../../src/contract/proposal.ts';
import type { DraftContract } from '../../../src/schemas/workflow-contract.ts';
import { blockOperations, scheduleNotes } from '../../shared/schedule.ts';
import type { PlannedSchedule } from '../../shared/schedule.ts';
import type { TaskDecomposition } from '../contract.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { formatRange } from '../durations.ts';
import { readLimits, readParts, readTarget } from '../outputs.ts';
import { orderOperations } from './order.ts';
import { readPlace } from './place.ts';
import type { Place } from './place.ts';
import { scheduleParts } from './schedule.ts';
import { parentOperations, partOperations } from './subtasks.ts';
import { wholeOperation } from './whole.ts';

function note(kind: string, title: string, texts: readonly string[]): readonly ProposalNote[] {
  return texts.length === 0 ? [] : [{ kind, title, text: texts.join('; ') }];
}

function notes(facts: FactSheet, place: Place, schedule: PlannedSchedule | null): readonly ProposalNote[] {
  const { leaves, leftLarge, done, kept } = readParts(facts);
  const { why } = readTarget(facts);
  const { maxMinutes } = readLimits(facts);
  const beside = leaves.some((leaf) => leaf.under === null && place.parentOf(leaf) !== place.taskId);
  return [
    ...note('chosen', 'Why this task', [why]),
    ...note('still_long', `Still longer than ${formatMinutes(maxMinutes)}`, leftLarge),
    ...note('finished', 'Finished already, left out', done),
    ...note(
      'kept',
      'Existing subtasks left as they are',
      kept.map(({ title }) => title),
    ),
    ...note(
      'depth',
      'Placed higher up',
      beside ? ['Subtasks go at most 5 levels deep, so these lie beside the task.'] : [],
    ),
    ...(schedule === null ? [] : scheduleNotes(schedule)),
  ];
}

/** The subtasks as operations: the task itself, its parts, their order, and calendar blocks where these were asked for. */
export const subtasksDraft: DraftContract<TaskDecomposition['drafts']['subtasks']['params']> = {
  facts: ['userContext', 'project', 'workload'],
  title: () => 'Put the proposal together',
  draft: (facts, _params, tools): ProposalDraft => {
    const parts = readParts(facts);
    const schedule = scheduleParts(facts, tools);
    const place = readPlace(facts, tools);
    const draft = { place, schedule };
    const whole = wholeOperation(facts, place);
    const made = [...(whole === null ? [] : [whole]), ...parentOperations(facts), ...partOperations(facts, draft)];
    const ids = new Set(made.map(({ id }) => id));
    const leaves = new Map(parts.leaves.map((leaf) => [leaf.key, leaf]));
    const targets = {
      timeZone: facts.timeZone,
      operationOf: (key: string): string | null => {
        const leaf = leaves.get(key);
        const id = leaf === undefined ? null : place.operationOf(leaf);
        return id !== null && ids.has(id) ? id : null;
      },
      taskIdOf: (key: string): string => {
        const leaf = leaves.get(key);
        return leaf === undefined ? place.taskId : place.taskIdOf(leaf);
      },
    };
    const blocks = schedule === null ? [] : blockOperations(schedule, targets, tools);
    const operations = [...made, ...orderOperations(facts, place, made), ...blocks];
    return {
      title: `Split "${parts.title}" into ${parts.leaves.length} subtasks`,
      summary: `${countProposed(operations).join(', ')}; ${formatRange(parts.total)} of work together.`,
      operations,
      notes: notes(facts, place, schedule),
    };
  },
};
