import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ProposalNote } from '../../../src/contract/proposal.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { lookAt, titleOf } from '../analysis/look.ts';
import type { Look } from '../analysis/look.ts';
import type { LaterFigures, Optimization } from '../contract.ts';
import { portfolioAfter } from '../measures/after.ts';
import { knownRecords } from '../measures/known.ts';
import { taskOf } from '../measures/measure.ts';
import type { Measure } from '../measures/measure.ts';
import { followingMeasures, wishedMeasures } from '../measures/own-measures.ts';
import { readMeasure } from '../measures/read-measure.ts';
import { resolveMeasures } from '../measures/resolve.ts';
import type { LeftOut } from '../measures/resolve.ts';
import { readFindings, readRemedies } from '../outputs.ts';
import type { Settled } from '../outputs.ts';
import { figuresOf, latenessHours, lateTasks } from '../portfolio/figures.ts';
import { gainLines } from '../portfolio/gain-words.ts';
import { readWishes } from '../portfolio/wishes.ts';

type Types = Optimization['computations']['settle'];
type Output = Omit<Settled, 'measures' | 'notes'> & {
  readonly measures: readonly Measure[];
  readonly notes: readonly ProposalNote[];
};

/** The measures of all answers, worst finding first. What they name was checked, and may be gone since. */
function chosenMeasures(facts: FactSheet): readonly Measure[] {
  const known = knownRecords(facts);
  const remedies = readRemedies(facts);
  return readFindings(facts).flatMap(({ key }) =>
    (remedies.get(key)?.measures ?? []).flatMap((proposed): Measure[] => {
      const read = readMeasure(proposed, known);
      return 'change' in read ? [{ ...read.change, finding: key, reason: proposed.reason }] : [];
    }),
  );
}

/** Whether a measure changes what the run is about: where that is one project, its own work. */
function inScope(look: Look, measure: Measure): boolean {
  if (look.projectId === null) return true;
  const task = taskOf(measure);
  if (task === null) return 'projectId' in measure && measure.projectId === look.projectId;
  const ids = measure.kind === 'merge' ? [task, ...measure.others] : [task];
  return ids.some((id) => look.byId.get(id)?.projectId === look.projectId);
}

function conflictNote(look: Look, { measure, why }: LeftOut): ProposalNote {
  const task = taskOf(measure);
  const about = task === null ? '' : ` ${titleOf(look, task)}`;
  return { kind: 'conflict', title: `Left out: ${measure.kind.replaceAll('_', ' ')}${about}`, text: `${why}.` };
}

function leftAlone(facts: FactSheet, measures: readonly Measure[]): readonly ProposalNote[] {
  const answered = new Set(measures.map((measure) => measure.finding));
  const remedies = readRemedies(facts);
  return readFindings(facts).flatMap((finding): ProposalNote[] => {
    const item = remedies.get(finding.key);
    if (item === undefined || answered.has(finding.key) || item.measures.length > 0) return [];
    return [{ kind: 'left_as_is', title: finding.about, text: item.why }];
  });
}

function laterFigures(later: Look, before: Look): LaterFigures {
  const old = new Map(before.portfolio.tasks.map((task) => [task.id, task.dueMs]));
  // The parts of a split are new: their whole carries the deadline.
  return { ...figuresOf(later), latenessByOldDeadlines: latenessHours(lateTasks(later, old)) };
}

function movedPieces(later: Look, measures: readonly Measure[]): Output['moved'] {
  return measures
    .filter((measure) => measure.kind === 'move_blocks')
    .map(({ taskId }) => ({
      taskId,
      pieces: later.projection.blocks
        .filter((block) => block.task === taskId)
        .map(({ startMs, endMs }) => ({ startMs, endMs })),
    }));
}

function settleAll(facts: FactSheet, tools: DraftTools): Output {
  const look = lookAt(facts, tools);
  const wishes = wishedMeasures(look, readWishes(facts));
  const wanted = [...wishes, ...chosenMeasures(facts)].filter((each) => inScope(look, each));
  const resolved = resolveMeasures(wanted, look.portfolio);
  const following = resolveMeasures(
    [...resolved.measures, ...followingMeasures(look, resolved.measures)],
    look.portfolio,
  );
  const { measures } = following;
  const later = lookAt(facts, tools, portfolioAfter(look.portfolio, measures, tools));
  const deadlines = look.portfolio.tasks.flatMap(({ id, dueMs }) => (dueMs === null ? [] : [[id, dueMs] as const]));
  return {
    now: facts.now,
    measures,
    notes: [...resolved.leftOut.map((each) => conflictNote(look, each)), ...leftAlone(facts, measures)],
    before: figuresOf(look),
    after: laterFigures(later, look),
    deadlines: Object.fromEntries(deadlines),
    moved: movedPieces(later, measures),
  };
}

/** Which measures go together, and what all of them would gain: the same scheduler before and after. */
export const settle: ComputationContract<Output, Types['params'], Types['view']> = {
  facts: ['workload', 'workloadContext'],
  title: () => 'Settle on measures and compute the gain',
  compute: (facts, _params, tools) => settleAll(facts, tools),
  reasoning: ({ measures, notes, before, after }) =>
    [
      `${measures.length} measures.`,
      ...gainLines(before, after),
      ...notes.map((note) => `${note.title}: ${note.text}`),
    ].join('\n'),
  view: ({ measures }) => ({ measures: measures.length }),
};
