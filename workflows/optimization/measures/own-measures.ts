import { wordsOf } from '../analysis/similar.ts';
import type { Look } from '../analysis/look.ts';
import type { Wishes } from '../portfolio/wishes.ts';
import type { Measure } from './measure.ts';

function namesAll(words: ReadonlySet<string>, name: string): boolean {
  const known = wordsOf(name);
  return [...words].every((word) => known.has(word));
}

/** "Nothing for the thesis before June": a start for the open tasks of the project, or for the tasks, that it names. */
export function wishedMeasures(look: Look, wishes: Wishes): readonly Measure[] {
  return wishes.notBefore.flatMap(({ subject, date, said }) => {
    const words = wordsOf(subject);
    const projects = new Set(
      look.portfolio.projects.filter((project) => namesAll(words, project.name)).map((project) => project.id),
    );
    const meant = look.portfolio.tasks.filter(
      (task) => (task.projectId !== null && projects.has(task.projectId)) || namesAll(words, task.title),
    );
    return meant
      .filter((task) => task.startMs === null || look.date(task.startMs) < date)
      .map((task): Measure => ({
        kind: 'reschedule',
        taskId: task.id,
        start: date,
        deadline: null,
        finding: null,
        reason: `You asked for it: "${said}".`,
      }));
  });
}

/** Work that moves to a later start takes its calendar blocks along. */
export function followingMeasures(look: Look, measures: readonly Measure[]): readonly Measure[] {
  const moved = new Set(measures.flatMap((each) => (each.kind === 'move_blocks' ? [each.taskId] : [])));
  return measures.flatMap((measure): Measure[] => {
    if (measure.kind !== 'reschedule' || measure.start === null || moved.has(measure.taskId)) return [];
    const { taskId, start } = measure;
    const early = look.portfolio.blocks.some((block) => block.taskId === taskId && look.date(block.startMs) < start);
    return early
      ? [{ kind: 'move_blocks', taskId, finding: measure.finding, reason: `It starts on ${start} now.` }]
      : [];
  });
}
