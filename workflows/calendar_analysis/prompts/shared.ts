import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import { rhythmWords } from '../cadence-words.ts';
import type { CalendarAnalysis } from '../contract.ts';
import { readPatterns } from '../outputs.ts';
import type { Patterns } from '../shapes.ts';

type Calls = CalendarAnalysis['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

/** What a prompt may hold of a large calendar; the report has all of it. */
const most = { series: 40, weeks: 27, conflicts: 15, chains: 10, allDay: 20, projects: 60, tasks: 150 } as const;

/** Series by key, those that take most time first. */
export function seriesSection({ series }: Patterns): JsonObject['series'] {
  return asJson(
    series.slice(0, most.series).map(({ uids: _uids, ...each }) => ({ ...each, rhythm: rhythmWords(each) })),
  );
}

/** Everything else that was counted. */
export function figuresSection(found: Patterns): JsonObject['figures'] {
  const { figures, weekdays, weeks, busiestDays, trend, chains, conflicts, allDay, problems } = found;
  return asJson({
    ...figures,
    weekdays,
    weeks: weeks.slice(-most.weeks),
    busiestDays,
    trend,
    chains: { count: chains.length, first: chains.slice(0, most.chains) },
    conflicts: { count: conflicts.length, first: conflicts.slice(0, most.conflicts) },
    allDay: allDay.slice(0, most.allDay),
    unreadable: problems.length,
  });
}

/** The person's projects: the run's own first. */
export function knownProjects(facts: FactSheet): readonly { readonly id: string; readonly name: string }[] {
  const own = facts.project === null ? [] : [facts.project];
  const others = (facts.workload?.projects ?? []).filter(({ id }) => id !== facts.project?.id);
  return [...own, ...others].slice(0, most.projects).map(({ id, name, description }) => ({ id, name, description }));
}

export function knownTasks(facts: FactSheet): readonly { readonly id: string; readonly title: string }[] {
  return (facts.workload?.tasks ?? [])
    .slice(0, most.tasks)
    .map(({ id, title, projectId, deadline }) => ({ id, title, projectId, deadline }));
}

/** What a finding may be about: a series, a conflict, or a figure by name. */
export function subjects(facts: FactSheet): ReadonlySet<string> {
  const { series, conflicts } = readPatterns(facts);
  const figures = ['load', 'trend', 'focus', 'fragmentation', 'outside_hours', 'conflicts', 'chains', 'all_day'];
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => `weekday-${weekday}`);
  return new Set([...figures, ...weekdays, ...[...series, ...conflicts].map(({ key }) => key)]);
}
