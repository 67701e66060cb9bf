import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import { lateTasks, weekLoads } from '../portfolio/figures.ts';
import type { Late, WeekLoad } from '../portfolio/figures.ts';
import { frameOf, numberOption } from '../portfolio/frame.ts';
import type { Frame } from '../portfolio/frame.ts';
import { parentIds, waitingFor } from '../portfolio/graph.ts';
import { readPortfolio } from '../portfolio/portfolio.ts';
import type { Portfolio, Work } from '../portfolio/portfolio.ts';
import { projectWork } from '../portfolio/project-work.ts';
import type { Projection } from '../portfolio/project-work.ts';
import { readWishes } from '../portfolio/wishes.ts';

const defaultStaleDays = 30;
const defaultTaskHours = 8;

/** Open work with all that the search for trouble needs of it. */
export type Look = {
  readonly portfolio: Portfolio;
  readonly frame: Frame;
  readonly projection: Projection;
  readonly byId: ReadonlyMap<string, Work>;
  readonly parents: ReadonlySet<string>;
  /** Which tasks wait for a task. */
  readonly next: ReadonlyMap<string, readonly string[]>;
  readonly weeks: readonly WeekLoad[];
  readonly late: readonly Late[];
  readonly staleDays: number;
  readonly maxTaskMinutes: number;
  /** The project that the run is limited to, or null. */
  readonly projectId: string | null;
  /** The person's date at an instant, within the frame or not. */
  date(ms: number): string;
};

/** Looks at a portfolio, the person's own unless another is given. */
export function lookAt(facts: FactSheet, tools: DraftTools, given?: Portfolio): Look {
  // Free time first: it is read when first asked for, and everything before it would be done twice.
  const frame = frameOf(facts, readWishes(facts), tools);
  const portfolio = given ?? readPortfolio(facts, tools);
  const projection = projectWork(portfolio, frame, tools);
  const measured = { portfolio, frame, projection };
  const { projectId } = facts.input;
  return {
    ...measured,
    byId: new Map(portfolio.tasks.map((task) => [task.id, task])),
    parents: parentIds(portfolio.tasks),
    next: waitingFor(portfolio),
    weeks: weekLoads(measured),
    late: lateTasks(measured),
    staleDays: numberOption(facts, 'staleDays', defaultStaleDays),
    maxTaskMinutes: numberOption(facts, 'maxTaskHours', defaultTaskHours) * 60,
    projectId: typeof projectId === 'string' ? projectId : null,
    date: (ms) => tools.local(ms).date,
  };
}

/** `"Paint the walls"`, or the id of a task that is not open. */
export function titleOf(look: Pick<Look, 'byId'>, id: string): string {
  return `"${look.byId.get(id)?.title ?? id}"`;
}

/** The date by which a task would be done, as evidence; nothing where it has no place before the horizon. */
export function couldEnd(look: Look, id: string): { readonly couldEnd?: string } {
  const endMs = look.projection.endMs.get(id);
  return endMs === undefined ? {} : { couldEnd: look.date(endMs) };
}
