import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import type { Measure } from '../measures/measure.ts';
import { readSettled } from '../outputs.ts';
import type { Settled } from '../outputs.ts';
import { formatDay } from '../portfolio/gain-words.ts';
import { readPortfolio } from '../portfolio/portfolio.ts';
import type { PlannedProject, Portfolio, Work } from '../portfolio/portfolio.ts';

/** What operations are made from: the records as they are, the settled measures, and names for both. */
export type Setting = {
  readonly portfolio: Portfolio;
  readonly settled: Settled;
  readonly tools: DraftTools;
  readonly timeZone: string;
  task(id: string): Work | undefined;
  project(id: string | null): PlannedProject | undefined;
  /** `"Paint the walls"`. */
  name(id: string): string;
  day(ms: number | null): string;
  /** The end of a local date as a stored instant. */
  endOf(date: string): string;
  startOf(date: string): string;
};

export function draftSetting(facts: FactSheet, tools: DraftTools): Setting {
  const portfolio = readPortfolio(facts, tools);
  const byId = new Map(portfolio.tasks.map((task) => [task.id, task]));
  const cancelled = new Map(portfolio.cancelledNeeds.map((need) => [need.dependsOnId, need.title]));
  const iso = (date: string, time: string): string => new Date(tools.instant({ date, time })).toISOString();
  return {
    portfolio,
    settled: readSettled(facts),
    tools,
    timeZone: facts.timeZone,
    task: (id) => byId.get(id),
    project: (id) => portfolio.projects.find((project) => project.id === id),
    name: (id) => `"${byId.get(id)?.title ?? cancelled.get(id) ?? id}"`,
    day: (ms) => (ms === null ? 'none' : formatDay(ms, tools)),
    endOf: (date) => iso(date, '23:59'),
    startOf: (date) => iso(date, '00:00'),
  };
}

export type Maker<Kind extends Measure['kind']> = (
  measure: Extract<Measure, { kind: Kind }>,
  setting: Setting,
  /** The operation's id; further operations of the measure take it as their beginning. */
  id: string,
) => readonly Operation[];
