import type { FactSheet } from '../../../src/contract/facts.ts';
import { localDate } from '../../shared/local-date.ts';
import type { Known } from './read-measure.ts';

/** The records that measures may name: the person's open tasks and projects, their phases, cancelled needs. */
export function knownRecords(facts: FactSheet): Known {
  const { workload, workloadContext } = facts;
  return {
    tasks: new Set((workload?.tasks ?? []).map((task) => task.id)),
    projects: new Set((workload?.projects ?? []).map((project) => project.id)),
    phases: new Map((workloadContext?.phases ?? []).map((phase) => [phase.id, phase.projectId])),
    cancelled: new Set((workloadContext?.cancelledNeeds ?? []).map((need) => need.dependsOnId)),
    today: localDate(facts.now, facts.timeZone),
  };
}
