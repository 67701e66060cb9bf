import { contentWords, oneLine, shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { Findings, Hit, Task } from './findings.ts';
import type { Goal } from './goal.ts';

const mostTasks = 20;
const mostHits = 8;
const mostQuotes = 2;
const quoteChars = 220;

const words = {
  en: {
    overdue: 'Overdue',
    open: 'Open tasks',
    found: 'Found',
    none: 'None.',
    due: 'due',
    late: (days: number) => (days === 0 ? 'due today' : days === 1 ? '1 day late' : `${days} days late`),
    priority: (value: string) => `priority ${value}`,
    more: (count: number) => `… ${count} more`,
    kinds: { note: 'note', task: 'task', project: 'project', brain_dump: 'brain dump', file: 'file' },
    first: (title: string, count: number) => `Overdue: ${count}, first of all “${title}”.`,
    openCount: (count: number) => `Open tasks: ${count}.`,
    foundCount: (topic: string, count: number) => `Records about “${topic}”: ${count}.`,
  },
  de: {
    overdue: 'Überfällig',
    open: 'Offene Aufgaben',
    found: 'Gefunden',
    none: 'Keine.',
    due: 'fällig',
    late: (days: number) => (days === 0 ? 'heute fällig' : days === 1 ? '1 Tag überfällig' : `${days} Tage überfällig`),
    priority: (value: string) => `Priorität ${value}`,
    more: (count: number) => `… ${count} weitere`,
    kinds: { note: 'Notiz', task: 'Aufgabe', project: 'Projekt', brain_dump: 'Gedankensammlung', file: 'Datei' },
    first: (title: string, count: number) => `Überfällig: ${count}, zuerst „${title}“.`,
    openCount: (count: number) => `Offene Aufgaben: ${count}.`,
    foundCount: (topic: string, count: number) => `Einträge zu „${topic}“: ${count}.`,
  },
} as const satisfies Readonly<Record<Language, object>>;

function taskLine({ title, deadline, daysLate, priority }: Task, language: Language): string {
  const { due, late, priority: named } = words[language];
  const when = deadline === null ? [] : [`${due} ${deadline}`];
  const lateness = daysLate === null ? [] : [late(daysLate)];
  return `- ${shortened(oneLine(title), 160)}: ${[...when, ...lateness, named(priority)].join(', ')}`;
}

/** The sentences that say most of the goal's words, as they stand in the text. */
function quotes({ text, title }: Hit, { topic, language }: Goal): readonly string[] {
  const wanted = new Set(contentWords(topic));
  const scored = splitSentences(text, language)
    .map(oneLine)
    .filter((sentence) => sentence !== oneLine(title))
    .map((sentence) => ({ sentence, score: contentWords(sentence).filter((word) => wanted.has(word)).length }));
  const telling = scored.filter(({ score }) => score > 0).toSorted((left, right) => right.score - left.score);
  return (telling.length > 0 ? telling : scored.slice(0, 1))
    .slice(0, mostQuotes)
    .map(({ sentence }) => `  > ${shortened(sentence, quoteChars)}`);
}

function hitLines(hit: Hit, goal: Goal): readonly string[] {
  const kinds: Readonly<Record<string, string>> = words[goal.language].kinds;
  return [`- ${shortened(oneLine(hit.title), 160)} (${kinds[hit.kind] ?? hit.kind})`, ...quotes(hit, goal)];
}

function part(heading: string, lines: readonly string[], none: string): string {
  return `## ${heading}\n\n${lines.length === 0 ? none : lines.join('\n')}`;
}

function tasksPart(heading: string, tasks: readonly Task[], language: Language): string {
  const left = tasks.length - mostTasks;
  const lines = tasks.slice(0, mostTasks).map((task) => taskLine(task, language));
  const { none, more } = words[language];
  return part(heading, left > 0 ? [...lines, `- ${more(left)}`] : lines, none);
}

/** What was found, in Markdown: overdue tasks where they are asked for, else the open ones; and texts, by what they say of it. */
export function findingParts(goal: Goal, { tasks, hits }: Findings): readonly string[] {
  const { overdue, open, found, none } = words[goal.language];
  const late = tasks.filter(({ daysLate }) => daysLate !== null);
  const shown = goal.wants.overdue ? tasksPart(overdue, late, goal.language) : tasksPart(open, tasks, goal.language);
  const texts = hits.slice(0, mostHits).flatMap((hit) => hitLines(hit, goal));
  return goal.topic === '' ? [shown] : [part(found, texts, none), shown];
}

/** The points of it, a short sentence each. */
export function highlightsOf(goal: Goal, { tasks, hits }: Findings): readonly string[] {
  const { first, openCount, foundCount } = words[goal.language];
  const late = tasks.filter(({ daysLate }) => daysLate !== null);
  const [worst] = late;
  return [
    ...(goal.topic === '' ? [] : [foundCount(goal.topic, hits.length)]),
    worst === undefined ? openCount(tasks.length) : first(shortened(oneLine(worst.title), 120), late.length),
  ];
}
