import type { Language } from '../../text/language.ts';
import type { SeriesFact } from './request.ts';

type Said = { readonly title: string; readonly explanation: string; readonly advice: string };
type Percent = { readonly percent: number };

export type InterpretWords = {
  summary(facts: { readonly events: number; readonly series: number }): string;
  load(facts: Percent & { readonly hours: number }): Said;
  focus(facts: Percent & { readonly minutes: number }): Said;
  conflicts(count: number): Said;
  chains(count: number): Said;
  outside(facts: Percent): Said;
  trend(facts: { readonly before: number; readonly after: number }): Said;
  weekday(facts: { readonly weekday: number; readonly hours: number }): Said;
  hidden(series: SeriesFact): Said;
  largest(series: SeriesFact): Said;
};

const days: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
};

const english: InterpretWords = {
  summary: ({ events, series }) => `${events} events, ${series} that come back.`,
  load: ({ hours, percent }) => ({
    title: `${hours} hours of meetings a week`,
    explanation: `Meetings take ${percent}% of the working time.`,
    advice: percent > 30 ? 'Look which of the largest series could be shorter or rarer.' : '',
  }),
  focus: ({ minutes, percent }) => ({
    title: `${Math.round(minutes / 60)} hours a week to focus`,
    explanation: `${percent}% of the free time lies in stretches of 90 minutes and more.`,
    advice: 'Put short meetings next to each other, or keep blocks free with focusMinutesPerWeek.',
  }),
  conflicts: (count) => ({
    title: count === 1 ? 'One overlap' : `${count} overlaps`,
    explanation: 'Two things are at the same time.',
    advice: 'Decide which one moves.',
  }),
  chains: (count) => ({
    title: `Meetings without a break, ${count} times`,
    explanation: 'Three meetings or more follow each other within ten minutes.',
    advice: 'End one of them a quarter of an hour earlier.',
  }),
  outside: ({ percent }) => ({
    title: `${percent}% of the meeting time is outside working hours`,
    explanation: 'It lies before, after or between the hours you work, or on a free day.',
    advice: 'If these are hours you work, put them into your working hours.',
  }),
  trend: ({ before, after }) => ({
    title: after > before ? 'More meetings than before' : 'Fewer meetings than before',
    explanation: `${before} hours a week in the first half of the window, ${after} in the second.`,
    advice: '',
  }),
  weekday: ({ weekday, hours }) => ({
    title: `${days.en[weekday - 1] ?? ''} is the fullest day`,
    explanation: `It has ${hours.toFixed(1)} hours of meetings on average.`,
    advice: '',
  }),
  hidden: ({ title, rhythm, hits, expected }) => ({
    title: `"${title}" comes back without being a series`,
    explanation: `It took place ${rhythm}, ${hits} of ${expected} times.`,
    advice: 'Make it a series, so that its time is kept.',
  }),
  largest: ({ title, hoursPerMonth, rhythm }) => ({
    title: `"${title}" takes most time`,
    explanation: `${hoursPerMonth} hours a month, ${rhythm}.`,
    advice: '',
  }),
};

const german: InterpretWords = {
  summary: ({ events, series }) => `${events} Termine, ${series} davon kehren wieder.`,
  load: ({ hours, percent }) => ({
    title: `${hours} Stunden Termine in der Woche`,
    explanation: `Termine nehmen ${percent} % der Arbeitszeit.`,
    advice: percent > 30 ? 'Prüfen, welche der größten Serien kürzer oder seltener sein kann.' : '',
  }),
  focus: ({ minutes, percent }) => ({
    title: `${Math.round(minutes / 60)} Stunden in der Woche am Stück`,
    explanation: `${percent} % der freien Zeit liegen in Stücken von 90 Minuten und mehr.`,
    advice: 'Kurze Termine nebeneinander legen, oder Zeit freihalten mit focusMinutesPerWeek.',
  }),
  conflicts: (count) => ({
    title: count === 1 ? 'Eine Überschneidung' : `${count} Überschneidungen`,
    explanation: 'Zwei Dinge liegen zur selben Zeit.',
    advice: 'Entscheiden, was weicht.',
  }),
  chains: (count) => ({
    title: `Termine ohne Pause, ${count} Mal`,
    explanation: 'Drei Termine oder mehr folgen binnen zehn Minuten aufeinander.',
    advice: 'Einen davon eine Viertelstunde früher enden lassen.',
  }),
  outside: ({ percent }) => ({
    title: `${percent} % der Terminzeit liegen außerhalb der Arbeitszeit`,
    explanation: 'Sie liegen vor, nach oder zwischen den Arbeitsstunden oder an einem freien Tag.',
    advice: 'Wenn das Arbeitszeit ist, gehört sie in die Arbeitszeiten.',
  }),
  trend: ({ before, after }) => ({
    title: after > before ? 'Mehr Termine als vorher' : 'Weniger Termine als vorher',
    explanation: `${before} Stunden in der Woche in der ersten Hälfte des Zeitraums, ${after} in der zweiten.`,
    advice: '',
  }),
  weekday: ({ weekday, hours }) => ({
    title: `${days.de[weekday - 1] ?? ''} ist der vollste Tag`,
    explanation: `Im Mittel ${hours.toFixed(1)} Stunden Termine.`,
    advice: '',
  }),
  hidden: ({ title, hits, expected, next }) => ({
    title: `"${title}" kehrt wieder, ohne Serie zu sein`,
    explanation: `Der Rhythmus wurde ${hits} von ${expected} Mal gehalten; als nächstes wäre es am ${next[0] ?? ''}.`,
    advice: 'Eine Serie daraus machen, damit die Zeit frei bleibt.',
  }),
  largest: ({ title, hoursPerMonth }) => ({
    title: `"${title}" nimmt die meiste Zeit`,
    explanation: `${hoursPerMonth} Stunden im Monat.`,
    advice: '',
  }),
};

/** What is said of each finding. */
export const interpretWords: Readonly<Record<Language, InterpretWords>> = { en: english, de: german };
