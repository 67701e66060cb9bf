import { Temporal } from 'temporal-polyfill';
import type { OutlineInput } from '../../outline/build-outline.ts';
import type { Outline } from '../../outline/outline.ts';
import { localDay } from '../../text/dates.ts';
import type { Language } from '../../text/language.ts';

export type AskedQuestion = {
  readonly key: string;
  readonly question: string;
  readonly why: string;
  readonly kind: 'text' | 'date' | 'number' | 'choice' | 'boolean';
  readonly options: readonly string[];
  readonly default: string | null;
};
type Wording = Readonly<Record<Language, { readonly question: string; readonly why: string }>>;

const deadline: Wording = {
  en: {
    question: 'By when must it be done?',
    why: 'The date decides what fits and in which order the work is placed.',
  },
  de: {
    question: 'Bis wann muss es fertig sein?',
    why: 'Das Datum bestimmt, was passt und in welcher Reihenfolge gearbeitet wird.',
  },
};
const past: Wording = {
  en: {
    question: 'The date in the text is over. By when must it be done now?',
    why: 'A deadline in the past cannot be planned for.',
  },
  de: {
    question: 'Das Datum im Text ist vorbei. Bis wann muss es jetzt fertig sein?',
    why: 'Für eine vergangene Frist lässt sich nicht planen.',
  },
};
const outcome: Wording = {
  en: {
    question: 'What shall be there when it is done, and what does it take? Name the parts or tasks you know of.',
    why: 'The text names no tasks; without them the plan follows the usual course only.',
  },
  de: {
    question: 'Was soll am Ende da sein, und was gehört dazu? Nennen Sie bekannte Teile oder Aufgaben.',
    why: 'Der Text nennt keine Aufgaben; ohne sie folgt der Plan nur dem üblichen Ablauf.',
  },
};
const hours: Wording = {
  en: {
    question: 'How many hours a week are there for it?',
    why: 'It decides how many weeks the work is spread over.',
  },
  de: {
    question: 'Wie viele Stunden pro Woche stehen dafür zur Verfügung?',
    why: 'Davon hängt ab, über wie viele Wochen sich die Arbeit verteilt.',
  },
};
const guests: Wording = {
  en: { question: 'How many guests are expected?', why: 'Size decides on place, food and how early to book.' },
  de: {
    question: 'Wie viele Gäste werden erwartet?',
    why: 'Die Größe entscheidet über Ort, Essen und wie früh gebucht werden muss.',
  },
};

const assumedHoursPerWeek = 6;

function ask(
  wording: Wording,
  language: Language,
  more: Pick<AskedQuestion, 'key' | 'kind' | 'default'>,
): AskedQuestion {
  return { ...wording[language], options: [], ...more };
}

/** A date by which the work fits at a few hours a week: what a careful assistant would assume. */
function assumedDeadline(outline: Outline, input: OutlineInput): string {
  const minutes = outline.phases.flatMap((phase) => phase.tasks).reduce((sum, task) => sum + task.minutes, 0);
  const weeks = Math.max(2, Math.ceil(minutes / 60 / (outline.hoursPerWeek ?? assumedHoursPerWeek)) + 1);
  return localDay(input.reference)
    .add(Temporal.Duration.from({ weeks: Math.min(weeks, 104) }))
    .toString();
}

const ownKeys = new Set(['deadline', 'outcome', 'guests', 'hours_per_week']);

/** Says whether something was answered: under its own key, or under a foreign one whose words speak of it. */
function isAnswered(input: OutlineInput, key: string, words: RegExp): boolean {
  return input.answers.some((item) => {
    if (ownKeys.has(item.key)) return item.key === key;
    return words.test(item.key.replaceAll('_', ' ')) || words.test(item.question);
  });
}

/**
 * What is missing and would change the plan: nothing for a text that names its tasks, unless its deadline is over; for
 * a bare wish its outcome, its date and its size. What was answered is not asked again.
 */
export function openQuestions(outline: Outline, input: OutlineInput): readonly AskedQuestion[] {
  const { language } = outline;
  const askedDeadline = isAnswered(input, 'deadline', /\b(?:deadline|by when|when|due|bis wann|frist|wann)\b/iu);
  const tasks = outline.phases.reduce((sum, phase) => sum + phase.tasks.length, 0);
  const sparse = outline.source === 'template' || (outline.source === 'sentences' && tasks < 3);
  if (outline.pastDeadline !== null && outline.deadline === null && !askedDeadline) {
    return [ask(past, language, { key: 'deadline', kind: 'date', default: assumedDeadline(outline, input) })];
  }
  if (!sparse) return [];
  const questions: AskedQuestion[] = [];
  if (outline.deadline === null && !askedDeadline)
    questions.push(
      ask(deadline, language, { key: 'deadline', kind: 'date', default: assumedDeadline(outline, input) }),
    );
  if (outline.source !== 'template') return questions;
  if (!isAnswered(input, 'outcome', /\b(?:outcome|scope|result|ergebnis|umfang|done)\b/iu))
    questions.push(ask(outcome, language, { key: 'outcome', kind: 'text', default: null }));
  const crowd = /\b\d+\s+(?:guests|people|persons|gäste[n]?|personen|leute)\b/iu.test(
    [input.intent, ...input.background].join(' '),
  );
  if (outline.template === 'event' && !crowd && !isAnswered(input, 'guests', /\b(?:guests?|people|gäste)\b/iu))
    questions.push(ask(guests, language, { key: 'guests', kind: 'number', default: '30' }));
  else if (
    outline.hoursPerWeek === null &&
    outline.template !== 'event' &&
    !isAnswered(input, 'hours_per_week', /\b(?:hours|stunden)\b/iu)
  )
    questions.push(
      ask(hours, language, { key: 'hours_per_week', kind: 'number', default: String(assumedHoursPerWeek) }),
    );
  return questions.slice(0, 3);
}
