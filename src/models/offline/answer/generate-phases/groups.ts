import { outlineInput } from '../../facts.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { buildOutline } from '../../outline/build-outline.ts';
import type { Outline, OutlineTask } from '../../outline/outline.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import { storedDay } from '../../text/stored-day.ts';
import type { Sections } from '../answerer.ts';
import { byDeadline, byStage, byTopic } from './strategies.ts';

export type ProjectTask = {
  readonly id: string;
  readonly title: string;
  /** The day in the person's zone, `YYYY-MM-DD`. */
  readonly due: string | null;
};

/** A phase with the tasks that belong into it, why, and what the project's own text has there beside them. */
export type PhaseGroup = {
  readonly name: string;
  readonly goal: string;
  readonly why: (task: ProjectTask) => string;
  readonly tasks: readonly ProjectTask[];
  readonly missing: readonly OutlineTask[];
};

function words(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 6)));
}

function likeness(left: string, right: string): number {
  const [a, b] = [words(left), words(right)];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : shared / Math.min(a.size, b.size);
}

function projectTasks(sections: Sections): readonly ProjectTask[] {
  const zone = asText(sections['time_zone']) || 'UTC';
  return asList(sections['tasks'])
    .map(asObject)
    .map((task) => ({
      id: asText(task['id']),
      title: asText(task['title']),
      due: typeof task['deadline'] === 'string' ? storedDay(task['deadline'], zone) : null,
    }));
}

export function phasesLanguage(sections: Sections): Language {
  const wish = asText(sections['intent']);
  const titles = projectTasks(sections).map((task) => task.title);
  return detectLanguage([wish, asText(asObject(sections['project'])['name']), ...titles].join('. '));
}

/** Tasks into the phases of the project's own text: where a task is much like one of the text, else to the first. */
function alongOutline(
  outline: Outline,
  { tasks, covered }: { readonly tasks: readonly ProjectTask[]; readonly covered: readonly string[] },
  language: Language,
): readonly PhaseGroup[] {
  const there = [...tasks.map((task) => task.title), ...covered];
  const closest = (task: ProjectTask): number => {
    const scores = outline.phases.map((phase) =>
      Math.max(likeness(task.title, phase.name), ...phase.tasks.map((own) => likeness(task.title, own.title))),
    );
    return Math.max(0, scores.indexOf(Math.max(...scores)));
  };
  return outline.phases.map((phase, index) => {
    const own = tasks.filter((task) => closest(task) === index);
    return {
      name: phase.name,
      goal: phase.goal,
      why: () =>
        language === 'de'
          ? 'Am ähnlichsten dem, was der Text in dieser Phase nennt.'
          : 'Most like what the text names in this phase.',
      tasks: own,
      missing: phase.tasks.filter((planned) => there.every((title) => likeness(title, planned.title) < 0.6)),
    };
  });
}

/** The project divided: along its own text where that has phases, else by the strategy; without tasks by its usual course. */
export function groupTasks(sections: Sections): readonly PhaseGroup[] {
  const tasks = projectTasks(sections);
  const language = phasesLanguage(sections);
  const outline = buildOutline({ ...outlineInput(sections), existingTasks: [] });
  const own = outline.source !== 'template' && outline.phases.length > 1;
  const strategy = asText(sections['strategy']);
  const groups =
    strategy === 'by_deadline' && tasks.length > 0
      ? byDeadline(tasks, language)
      : own || tasks.length === 0
        ? alongOutline(outline, { tasks, covered: asList(sections['covered']).map(asText) }, language)
        : strategy === 'by_topic'
          ? byTopic(tasks, language)
          : byStage(tasks, language);
  return groups.length === 0 ? byStage(tasks, language) : groups;
}
