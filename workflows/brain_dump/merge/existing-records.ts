import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Priority } from '../../../src/contract/proposal.ts';
import { localDate } from '../../shared/local-date.ts';
import { storedDate } from '../../shared/stored-time.ts';

/** An open task as a dump is held against it; dates are the person's days. */
export type OpenTask = {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly steps: string | null;
  readonly projectId: string | null;
  readonly parentTaskId: string | null;
  readonly startDate: string | null;
  readonly deadline: string | null;
  readonly durationMinutes: number | null;
  readonly priority: Priority;
};

/** What a dump is held against. */
export type Existing = {
  /** The person's day. */
  readonly today: string;
  readonly projects: readonly { readonly id: string; readonly name: string; readonly context: string | null }[];
  readonly tasks: readonly OpenTask[];
  /** What is known of the person, by column. */
  readonly person: Readonly<Record<string, string>>;
  /** Where things go that name no project. */
  readonly projectId: string | null;
};

function dayOrNull(instant: string | null, timeZone: string): string | null {
  return instant === null ? null : storedDate(instant, timeZone);
}

export function readExisting(facts: FactSheet): Existing {
  const { workload, timeZone } = facts;
  const contexts = new Map(facts.projectContexts.map(({ id, context }) => [id, context]));
  const projects = (workload?.projects ?? []).map(({ id, name }) => ({ id, name, context: contexts.get(id) ?? null }));
  const named = facts.input['projectId'] ?? facts.brainDump?.projectId ?? null;
  return {
    today: localDate(facts.now, timeZone),
    projects,
    tasks: (workload?.tasks ?? []).map((task) => ({
      id: task.id,
      title: task.title,
      description: task.description,
      steps: task.steps,
      projectId: task.projectId,
      parentTaskId: task.parentTaskId,
      startDate: dayOrNull(task.startDate, timeZone),
      deadline: dayOrNull(task.deadline, timeZone),
      durationMinutes: task.durationMinutes,
      priority: task.priority,
    })),
    person: facts.userContext?.fields ?? {},
    projectId: typeof named === 'string' && projects.some((project) => project.id === named) ? named : null,
  };
}
