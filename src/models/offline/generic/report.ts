import type { Reading } from '../answer/answerer.ts';
import { offlineName } from '../answer/phrases.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { asObject, asText, isList, parseJson } from '../json-values.ts';
import { capitalized, oneLine, shortened } from '../text/clean.ts';
import { detectLanguage } from '../text/language.ts';
import type { Language } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';

const mostLines = 12;
const lineChars = 160;
const titles = ['title', 'name', 'summary', 'text'];
const details = ['status', 'priority', 'deadline', 'start', 'end', 'minutes'];

const words: Readonly<Record<Language, Readonly<Record<'read' | 'none' | 'more' | 'asked', string>>>> = {
  en: {
    read: `Read by ${offlineName}: rules that look things up, no language model. They judge nothing.`,
    none: 'nothing found',
    more: 'more',
    asked: 'The goal asks for it.',
  },
  de: {
    read: 'Gelesen vom Offline-Modell von Steward: Regeln, die nachsehen, kein Sprachmodell. Sie beurteilen nichts.',
    none: 'nichts gefunden',
    more: 'weitere',
    asked: 'Das Ziel verlangt es.',
  },
};

/** What a tool said: JSON, or the words in which it failed. */
export function readJson(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function entryLine(entry: Json): string {
  const fields = asObject(entry);
  const title = titles.map((name) => asText(fields[name])).find((text) => text !== '') ?? asText(entry);
  const rest = details.map((name) => asText(fields[name])).filter((text) => text !== '' && text !== title);
  return shortened(oneLine([title, ...rest].filter((text) => text !== '').join(' · ')), lineChars);
}

function linesOf(reading: Reading, language: Language): readonly string[] {
  const value = readJson(reading.text);
  const inner = Object.values(asObject(value)).find(isList);
  const entries = isList(value) ? value : (inner ?? [value]);
  if (entries.length === 0) return [`- ${words[language].none}`];
  const shown = entries.slice(0, mostLines).map((entry) => `- ${entryLine(entry)}`);
  const left = entries.length - shown.length;
  return left === 0 ? shown : [...shown, `- … ${left} ${words[language].more}`];
}

// "Add a task: buy seeds." "Notiere: der Schlüssel liegt bei Ute."
const taskWish =
  /(?:\b(?:add|create)\s+(?:a|the)\s+task|\baufgabe\s+(?:anlegen|hinzufügen))\s*[:\-–]?\s*(?:to\s+)?(.{3,200})/iu;
// Not "note what is still open", which names nothing.
const noteWish =
  /(?:\b(?:note|write)\s+(?:down\s+)?that|\bnotiere?(?!\s*,?\s*(?:was|welche|alle|alles|wer|wie)\b))(?:\s*,\s*dass\b)?\s*[:\-–]?\s*(.{3,500})/iu;

function wishes(goal: string, wish: RegExp): readonly string[] {
  return splitSentences(goal, detectLanguage(goal)).flatMap((sentence) => {
    const found = wish.exec(sentence)?.[1]?.replace(/[.\s]+$/u, '');
    return found === undefined ? [] : [capitalized(found)];
  });
}

function asked(goal: string): JsonObject {
  return { projectId: null, reason: words[detectLanguage(goal)].asked };
}

/** Tasks that the goal names outright. */
export function wishedTasks(goal: string): readonly JsonObject[] {
  return wishes(goal, taskWish).map((title) => ({
    ...asked(goal),
    title,
    description: '',
    priority: 'medium',
    durationMinutes: null,
    deadline: null,
  }));
}

/** Notes that the goal names outright. */
export function wishedNotes(goal: string): readonly JsonObject[] {
  return wishes(goal, noteWish).map((content) => ({ ...asked(goal), title: shortened(content, 80), content }));
}

/** Who read, and what tools said, in Markdown: a heading and some lines each. */
export function readingParts(goal: string, readings: readonly Reading[]): readonly string[] {
  const language = detectLanguage(goal);
  const parts = readings.map((reading) => `## ${reading.tool}\n\n${linesOf(reading, language).join('\n')}`);
  return [`> ${words[language].read}`, ...parts];
}

/** The result of an agent's work as far as rules get: what was read, in Markdown, and what the goal names outright. */
export function reportResult(goal: string, readings: readonly Reading[]): JsonObject {
  const language = detectLanguage(goal);
  return {
    report: readingParts(goal, readings).join('\n\n'),
    highlights: readings
      .map((reading) => `${reading.tool}: ${linesOf(reading, language)[0]?.slice(2) ?? ''}`)
      .slice(0, 10),
    newTasks: wishedTasks(goal),
    newNotes: wishedNotes(goal),
    taskChanges: [],
  };
}
