import type { OperationKind } from '../proposal.ts';

type Words = readonly [one: string, many: string];

/** What each kind is called where operations are counted: `2 new tasks` are proposed, `2 tasks created` are done. */
const words: Readonly<Record<OperationKind, { readonly proposed: Words; readonly done: Words }>> = {
  create_project: { proposed: ['new project', 'new projects'], done: ['project created', 'projects created'] },
  update_project: { proposed: ['changed project', 'changed projects'], done: ['project updated', 'projects updated'] },
  create_phase: { proposed: ['phase', 'phases'], done: ['phase created', 'phases created'] },
  update_phase: { proposed: ['changed phase', 'changed phases'], done: ['phase changed', 'phases changed'] },
  delete_phase: { proposed: ['removed phase', 'removed phases'], done: ['phase removed', 'phases removed'] },
  create_task: { proposed: ['new task', 'new tasks'], done: ['task created', 'tasks created'] },
  update_task: {
    proposed: ['changed task', 'changed tasks'],
    done: ['existing task planned', 'existing tasks planned'],
  },
  set_task_status: { proposed: ['status change', 'status changes'], done: ['status changed', 'statuses changed'] },
  move_task: { proposed: ['moved task', 'moved tasks'], done: ['task moved', 'tasks moved'] },
  merge_tasks: { proposed: ['merge of tasks', 'merges of tasks'], done: ['merge done', 'merges done'] },
  add_dependency: { proposed: ['dependency', 'dependencies'], done: ['dependency added', 'dependencies added'] },
  remove_dependency: {
    proposed: ['removed dependency', 'removed dependencies'],
    done: ['dependency removed', 'dependencies removed'],
  },
  link_event: {
    proposed: ['link to an event', 'links to events'],
    done: ['task linked to its event', 'tasks linked to their events'],
  },
  create_note: { proposed: ['new note', 'new notes'], done: ['note created', 'notes created'] },
  update_note: { proposed: ['changed note', 'changed notes'], done: ['note updated', 'notes updated'] },
  create_brain_dump: { proposed: ['brain dump', 'brain dumps'], done: ['brain dump kept', 'brain dumps kept'] },
  update_brain_dump: {
    proposed: ['changed brain dump', 'changed brain dumps'],
    done: ['brain dump updated', 'brain dumps updated'],
  },
  link_brain_dump: {
    proposed: ['link to a brain dump', 'links to brain dumps'],
    done: ['link to a brain dump added', 'links to brain dumps added'],
  },
  update_user_context: {
    proposed: ['change of your profile', 'changes of your profile'],
    done: ['change of your profile made', 'changes of your profile made'],
  },
  save_daily_brief: { proposed: ['daily brief', 'daily briefs'], done: ['daily brief saved', 'daily briefs saved'] },
  schedule_event: {
    proposed: ['calendar block', 'calendar blocks'],
    done: ['calendar block written', 'calendar blocks written'],
  },
  move_event: { proposed: ['moved event', 'moved events'], done: ['event moved', 'events moved'] },
  cancel_event: { proposed: ['cancelled event', 'cancelled events'], done: ['event cancelled', 'events cancelled'] },
};

// Own keys of a table that names every kind: the cast drops nothing.
const kinds = Object.keys(words) as readonly OperationKind[];

/** `2 phases`, `1 new task`, … of the kinds that come up, in the order of the table. */
export function countProposed(operations: readonly { readonly kind: OperationKind }[]): readonly string[] {
  return kinds.flatMap((kind) => {
    const count = operations.filter((operation) => operation.kind === kind).length;
    return count === 0 ? [] : [`${count} ${words[kind].proposed[count === 1 ? 0 : 1]}`];
  });
}

/** `2 phases created`, `1 task created`, …; a kind that nobody knows any more is named as it is. */
export function countDone(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts).map(([kind, count]) => {
    const known = kinds.find((each) => each === kind);
    return `${count} ${known === undefined ? kind : words[known].done[count === 1 ? 0 : 1]}`;
  });
}
