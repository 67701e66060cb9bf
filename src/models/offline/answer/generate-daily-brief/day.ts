import { asList, asObject, asText } from '../../json-values.ts';
import type { Json } from '../../../../contract/json.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';

const groups = ['overdue', 'dueToday', 'scheduledToday', 'inProgress', 'nextDays', 'blocked'] as const;
export type Group = (typeof groups)[number];

/** An open task as a brief's section names it. */
export type DayTask = {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly priority: string;
  readonly minutes: number;
  readonly when: string;
  readonly waitsFor: readonly string[];
  readonly holdsUp: readonly string[];
};
export type DayProject = {
  readonly id: string;
  readonly name: string;
  readonly tasks: readonly DayTask[];
  readonly finished: readonly string[];
};

function taskOf(value: Json, group: Group): DayTask {
  const task = asObject(value);
  const minutes = task['minutes'];
  return {
    id: asText(task['id']),
    title: asText(task['title']),
    group,
    priority: asText(task['priority']),
    minutes: typeof minutes === 'number' ? minutes : 0,
    when: asText(task['when']),
    waitsFor: asList(task['waitsFor']).map(asText),
    holdsUp: asList(task['holdsUp']).map(asText),
  };
}

function projectOf(value: Json): DayProject {
  const project = asObject(value);
  const tasks = asObject(project['tasks']);
  return {
    id: asText(project['id']),
    name: asText(project['name']),
    tasks: groups.flatMap((group) => asList(tasks[group]).map((task) => taskOf(task, group))),
    finished: asList(project['finished']).map(asText),
  };
}

/** Projects of the day, and the tasks of none as one more. */
export function dayProjects(sections: Sections): readonly DayProject[] {
  const loose = sections['loose'];
  const all = [...asList(sections['projects']), ...(loose === null || loose === undefined ? [] : [loose])];
  return all.map(projectOf);
}

/** The language that most of the tasks are written in; the wish counts first. */
export function dayLanguage(sections: Sections, projects: readonly DayProject[]): Language {
  const wish = asText(sections['intent']);
  if (wish.trim() !== '') return detectLanguage(wish);
  const titles = projects.flatMap((project) => [...project.tasks.map((task) => task.title), ...project.finished]);
  const german = titles.filter((title) => detectLanguage(title) === 'de').length;
  return german * 2 > titles.length ? 'de' : 'en';
}
