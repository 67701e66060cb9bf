import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { asName, contentWords, overlap } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';
import { isNoWork } from './meeting-kinds.ts';
import { readObjections } from './objections.ts';
import type { Objections } from './objections.ts';
import { readComments, readProjects, readSeries, spokenLanguage } from './request.ts';
import type { Named, SeriesFact } from './request.ts';

const mostSuggested = 8;
const fewestTimes = 4;
const alike = 0.6;

const say = {
  en: {
    description: (count: number) => `What belongs to a recurring event of the calendar (${count} times in the window).`,
    reason: (times: number, hours: string) =>
      `It takes place ${times} times, ${hours} hours a month, and has no project.`,
    known: (name: string) => `The project "${name}" has the same words.`,
  },
  de: {
    description: (count: number) => `Was zu einem wiederkehrenden Termin gehört (${count} Mal im Zeitraum).`,
    reason: (times: number, hours: string) =>
      `Es findet ${times} Mal statt, ${hours} Stunden im Monat, und hat kein Projekt.`,
    known: (name: string) => `Das Projekt "${name}" hat dieselben Wörter.`,
  },
} as const;

/** Series whose titles share most of their words are one topic: "OK Lab" and "OK Lab Potsdam". */
function topics(series: readonly SeriesFact[]): readonly (readonly SeriesFact[])[] {
  const groups: SeriesFact[][] = [];
  for (const each of series) {
    const words = contentWords(each.title);
    const home = groups.find((group) => group.some((other) => overlap(words, contentWords(other.title)) >= alike));
    if (home === undefined) groups.push([each]);
    else home.push(each);
  }
  return groups;
}

/** A title as a project is called: without marks it opens with. */
function projectName(title: string): string {
  return asName(title.replace(/^[#@*\s]+/u, ''));
}

export function findProject(text: string, projects: readonly Named[]): Named | null {
  const words = contentWords(text);
  return projects.find(({ name }) => overlap(words, contentWords(name)) >= alike) ?? null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function suggestion(
  topic: readonly SeriesFact[],
  { projects, language }: { readonly projects: readonly Named[]; readonly language: Language },
): Json {
  const title = topic[0]?.title ?? '';
  const times = sum(topic.map((each) => each.occurrences));
  const hours = sum(topic.map((each) => each.hoursPerMonth)).toFixed(1);
  const known = findProject(title, projects);
  return {
    name: projectName(title),
    description: say[language].description(times),
    series: topic.map((each) => each.key),
    existingProjectId: known?.id ?? null,
    reason: known === null ? say[language].reason(times, hours) : say[language].known(known.name),
  };
}

function leftOut(sections: Sections, objections: Objections): Json {
  const arrangement = asObject(sections['arrangement']);
  return (['moves', 'cancels', 'focus'] as const).flatMap((part) =>
    asList(arrangement[part])
      .map(asObject)
      .filter((change) => objections.against(part, [asText(asObject(change['event'])['title'])]))
      .map((change) => asText(change['key'])),
  );
}

/** Answers `suggest`: a project for each recurring topic that takes time and is no rest. */
export function answerSuggest(sections: Sections): Json {
  const projects = readProjects(sections);
  const series = readSeries(sections);
  const titles = series.map(({ title }) => title);
  const language = spokenLanguage(sections, titles);
  const objections = readObjections(readComments(sections), titles);
  const worth = topics(series.filter(({ title }) => !isNoWork(title)))
    .filter((topic) => sum(topic.map((each) => each.occurrences)) >= fewestTimes)
    .filter(
      (topic) =>
        !objections.against(
          'projects',
          topic.map((each) => each.title),
        ),
    )
    .slice(0, mostSuggested);
  return {
    projects: worth.map((topic, index) => ({
      key: `p${index + 1}`,
      ...asObject(suggestion(topic, { projects, language })),
    })),
    leaveOut: leftOut(sections, objections),
  };
}
