import type { DraftTools, FactSheet } from '../../src/contract/facts.ts';
import type { ScheduleEvent } from '../../src/contract/proposal.ts';
import type { ScheduledBlock } from '../../src/contract/schedule.ts';
import { operationIds, taskIdOf } from './identifiers.ts';
import type { PlannedSchedule } from './schedule.ts';

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** One calendar block per scheduled piece of work, accepted or refused one by one. */
export function eventOperations(
  facts: FactSheet,
  schedule: PlannedSchedule,
  tools: DraftTools,
): readonly ScheduleEvent[] {
  const ids = operationIds(facts);
  const toOperation = (block: ScheduledBlock, index: number): ScheduleEvent => {
    const title = schedule.titles.get(block.task) ?? block.task;
    const part = block.parts > 1 ? ` (${block.part} of ${block.parts})` : '';
    return {
      id: `event-${index + 1}`,
      kind: 'schedule_event',
      title: `${tools.formatInstant(block.startMs)}–${tools.formatInstant(block.endMs)}: ${title}${part}`,
      reason: block.reason,
      requires: [ids.task(block.task)],
      payload: {
        eventId: tools.newId(`event/${block.task}/${block.part}`),
        taskId: taskIdOf(facts, block.task, tools),
        title: `${title}${part}`,
        start: iso(block.startMs),
        end: iso(block.endMs),
        timeZone: facts.timeZone,
      },
    };
  };
  return schedule.result.blocks.map(toOperation);
}
