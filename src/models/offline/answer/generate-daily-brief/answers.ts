import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { dayLanguage, dayProjects } from './day.ts';
import type { DayProject, DayTask } from './day.ts';
import { mostActions, rankTasks } from './rank.ts';
import { timeText, wordsOf } from './words.ts';

const shortTitle = 120;
const longDayMinutes = 180;

function titleOf(task: Pick<DayTask, 'title'>): string {
  return shortened(task.title, shortTitle);
}

function count(project: DayProject, group: DayTask['group']): number {
  return project.tasks.filter((task) => task.group === group).length;
}

function projectText(project: DayProject, first: DayTask | undefined, language: Language): string {
  const words = wordsOf[language];
  const overdue = count(project, 'overdue');
  const due = count(project, 'dueToday');
  const stuck = project.tasks.find((task) => task.waitsFor.length > 0 && task.group !== 'blocked');
  const needed = stuck?.waitsFor[0];
  return [
    ...(overdue === 0 ? [] : [words.overdue(overdue)]),
    ...(due === 0 ? [] : [words.due(due)]),
    ...(overdue + due === 0 ? [words.calm] : []),
    ...(first === undefined || first.group === 'nextDays' ? [] : [words.first(titleOf(first))]),
    ...(stuck === undefined || needed === undefined
      ? []
      : [words.waits(titleOf(stuck), shortened(needed, shortTitle))]),
    ...(project.finished.length === 0 ? [] : [words.finished(project.finished.length)]),
  ].join(' ');
}

function answerProjects(sections: Sections): Json {
  const wanted = asList(asObject(sections['parameters'])['items']).map(asText);
  const projects = dayProjects(sections).filter((project) => wanted.includes(project.id));
  const items = projects.map((project) => {
    const language = dayLanguage({ ...sections, intent: '' }, [project]);
    const first = rankTasks(sections, project.tasks)[0];
    const focusTaskId = first === undefined || first.group === 'nextDays' ? null : first.id;
    return { key: project.id, text: projectText(project, first, language), focusTaskId };
  });
  return { items, reasoning: offlineNotice(dayLanguage(sections, projects)) };
}

/** What the day asks for against what it has room for. */
function loadInsights(sections: Sections, tasks: readonly DayTask[], language: Language): readonly string[] {
  const words = wordsOf[language];
  const minutes = tasks
    .filter((task) => task.group === 'overdue' || task.group === 'dueToday' || task.group === 'scheduledToday')
    .reduce((sum, task) => sum + task.minutes, 0);
  const free = Number(asObject(sections['day'])['freeMinutes']) || 0;
  const events = asList(sections['events'])
    .map(asObject)
    .reduce((sum, event) => sum + (event['allDay'] === true ? 0 : Number(event['minutes']) || 0), 0);
  return [
    ...(minutes === 0 ? [] : [(minutes > free ? words.tooMuch : words.fits)(timeText(minutes), timeText(free))]),
    ...(events < longDayMinutes ? [] : [words.meetings(timeText(events))]),
  ];
}

function insightsOf(sections: Sections, projects: readonly DayProject[], language: Language): readonly string[] {
  const words = wordsOf[language];
  const tasks = projects.flatMap((project) => project.tasks);
  const late = tasks.filter((task) => task.group === 'overdue');
  const finished = projects.reduce((sum, project) => sum + project.finished.length, 0);
  return [
    ...loadInsights(sections, tasks, language),
    ...(late[0] === undefined ? [] : [words.late(late.length, titleOf(late[0]))]),
    ...(finished === 0 ? [] : [words.finished(finished)]),
    offlineNotice(language),
  ];
}

function reasonOf(task: DayTask, language: Language): string {
  const words = wordsOf[language];
  const why = words.why[task.group](task);
  if (task.holdsUp.length === 0) return why;
  const titles = task.holdsUp.slice(0, 2).map((title) => (language === 'de' ? `„${title}“` : `"${title}"`));
  return shortened(`${why}; ${words.holdsUp(titles.join(', '))}`, 280);
}

function answerAnalyze(sections: Sections): Json {
  const projects = dayProjects(sections);
  const language = dayLanguage(sections, projects);
  const ranked = rankTasks(
    sections,
    projects.flatMap((project) => project.tasks),
  );
  const actions = ranked.slice(0, mostActions(sections)).map((task) => ({
    taskId: task.id,
    action: titleOf(task),
    reason: reasonOf(task, language),
  }));
  return {
    insights: insightsOf(sections, projects, language).map((text) => shortened(text, 380)),
    priorityActions: actions,
  };
}

export const dailyBriefAnswers: TypeAnswers = { projectBriefs: answerProjects, analyze: answerAnalyze };
