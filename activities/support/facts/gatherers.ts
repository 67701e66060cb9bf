import type { FactName, GatheredFacts } from '../../../src/contract/facts.ts';
import { brainDumpFacts } from './brain-dump.ts';
import { calendarFacts } from './calendar.ts';
import { calendarWindowFacts } from './calendar-window.ts';
import { finishedTaskFacts } from './finished-tasks.ts';
import { projectContextFacts } from './project-contexts.ts';
import { noteFacts, projectFacts, taskFacts } from './records.ts';
import { recentNoteFacts } from './recent-notes.ts';
import type { FactScope } from './scope.ts';
import { focusTaskFacts } from './task-detail.ts';
import { toolResultFacts } from './tool-results.ts';
import { workloadContextFacts } from './workload-context.ts';
import { workloadFacts } from './workload.ts';

type Gatherers = { readonly [Name in FactName]: (scope: FactScope) => Promise<GatheredFacts[Name]> };

const gatherers: Gatherers = {
  userContext: async ({ person }) => await Promise.resolve(person.facts),
  project: async ({ tx, ...of }) => await projectFacts(tx, of),
  notes: async ({ tx, ...of }) => await noteFacts(tx, of),
  recentNotes: recentNoteFacts,
  tasks: async ({ tx, ...of }) => await taskFacts(tx, of),
  calendar: async ({ tx, ...of }) => await calendarFacts(tx, of),
  focusTask: focusTaskFacts,
  workload: workloadFacts,
  workloadContext: workloadContextFacts,
  finishedTasks: finishedTaskFacts,
  calendarWindow: calendarWindowFacts,
  projectContexts: projectContextFacts,
  brainDump: brainDumpFacts,
  toolResults: toolResultFacts,
};

/** What stands for facts that nobody asked for. */
export const nothingGathered: GatheredFacts = {
  userContext: null,
  project: null,
  notes: [],
  recentNotes: [],
  tasks: [],
  calendar: [],
  focusTask: null,
  workload: null,
  workloadContext: null,
  finishedTasks: [],
  calendarWindow: null,
  projectContexts: [],
  brainDump: null,
  toolResults: [],
};

async function gatherOne<Name extends FactName>(name: Name, scope: FactScope): Promise<Pick<GatheredFacts, Name>> {
  // One key, of the name's own type: what `Pick` says and a computed key does not.
  return { [name]: await gatherers[name](scope) } as Pick<GatheredFacts, Name>;
}

/** The facts of these names; the others stay empty. One after the other: they share one connection. */
export async function gatherNamed(scope: FactScope, names: readonly FactName[]): Promise<GatheredFacts> {
  let gathered = nothingGathered;
  for (const name of new Set(names)) gathered = { ...gathered, ...(await gatherOne(name, scope)) };
  return gathered;
}
