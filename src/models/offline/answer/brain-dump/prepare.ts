import type { Json } from '../../../../contract/json.ts';
import { existingTasks } from '../../facts.ts';
import { asObject, asText } from '../../json-values.ts';
import { contentWords, overlap, shortened } from '../../text/clean.ts';
import { firstWords } from './first-words.ts';
import type { Sections } from '../answerer.ts';
import { offlineNotice } from '../phrases.ts';
import { answeredProject, findMention, projectsOf } from './places.ts';
import { readDump } from './reading/read-dump.ts';
import type { Reading } from './reading/read-dump.ts';

function titleOf(text: string, { tasks, undertakings, setting }: Reading): string {
  const [first, ...rest] = [...undertakings.map(({ name }) => name), ...tasks.map(({ title }) => title)];
  if (first === undefined) return firstWords(text);
  const more = setting.language === 'de' ? `und ${rest.length} weitere` : `and ${rest.length} more`;
  return shortened(rest.length === 0 ? first : `${shortened(first, 80)} ${more}`, 120);
}

function kindsOf({ thoughts, undertakings }: Reading): readonly string[] {
  const names = {
    task: 'task',
    event: 'event',
    idea: 'idea',
    feeling: 'feeling',
    person: 'context',
    fact: 'context',
    nothing: '',
  } as const;
  const found = thoughts.map(({ kind }) => names[kind.kind]).filter((name) => name !== '');
  return [...new Set([...(undertakings.length > 0 ? ['project'] : []), ...found])];
}

function summaryOf({ thoughts, tasks, setting }: Reading): string {
  const ideas = thoughts.filter(({ kind }) => kind.kind === 'idea').length;
  const counted =
    setting.language === 'de'
      ? `${tasks.length} Aufgaben und ${ideas} Ideen in ${thoughts.length} Gedanken.`
      : `${tasks.length} things to do and ${ideas} ideas in ${thoughts.length} thoughts.`;
  return `${counted} ${offlineNotice(setting.language)}`;
}

function answerPiece(key: string, text: string, sections: Sections): Json {
  const reading = readDump(text, sections);
  const projects = projectsOf(sections);
  const mentions = reading.thoughts.flatMap(({ segment }) => findMention(segment.quote, projects) ?? []);
  const words = contentWords(text);
  const open = mentions.filter((mention) => mention.rivals.length > 1 && answeredProject(sections, mention) === null);
  const unclear = open.filter(
    (mention, at) => open.findIndex((other) => other.word.toLowerCase() === mention.word.toLowerCase()) === at,
  );
  return {
    key,
    language: reading.setting.language,
    title: titleOf(text, reading),
    summary: summaryOf(reading),
    kinds: [...kindsOf(reading)],
    projectIds: [...new Set(mentions.map(({ project }) => project.id))],
    taskIds: existingTasks(sections)
      .filter((task) => overlap(contentWords(task.title), words) >= 0.99)
      .map((task) => task.id),
    unclear: unclear.slice(0, 10).map(({ word, rivals }) => ({
      mention: word,
      projectIds: rivals.slice(0, 6).map(({ id }) => id),
      why:
        reading.setting.language === 'de'
          ? 'Mehrere Projekte heißen so.'
          : 'It is in the name of more than one project.',
    })),
  };
}

/** Answers `prepare`: a first look at each piece. */
export function answerPrepare(sections: Sections): Json {
  const pieces = Object.entries(asObject(sections['pieces']));
  return { items: pieces.map(([key, text]) => answerPiece(key, asText(text), sections)) };
}
