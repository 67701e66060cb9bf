import type { Json, JsonObject } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import type { Sections } from '../answerer.ts';
import { offlineNotice } from '../phrases.ts';
import { interpretWords } from './interpret-words.ts';
import type { InterpretWords } from './interpret-words.ts';
import { numberOf, readSeries, spokenLanguage } from './request.ts';
import type { SeriesFact } from './request.ts';

type Severity = 'info' | 'notice' | 'warning';
type Finding = {
  readonly title: string;
  readonly explanation: string;
  readonly advice: string;
  readonly severity: Severity;
  readonly about: string[];
};

const mostFindings = 8;
const weights: Readonly<Record<Severity, number>> = { warning: 0, notice: 1, info: 2 };

function loadFindings(figures: JsonObject, words: InterpretWords): readonly Finding[] {
  const share = numberOf(figures['meetingShare']);
  const severity = share > 0.5 ? 'warning' : share > 0.3 ? 'notice' : 'info';
  const facts = { hours: numberOf(figures['hoursPerWeek']), percent: Math.round(share * 100) };
  return [{ ...words.load(facts), severity, about: ['load'] }];
}

function focusFindings(figures: JsonObject, words: InterpretWords): readonly Finding[] {
  const minutes = numberOf(figures['focusMinutesPerWeek']);
  const share = numberOf(figures['focusShare']);
  if (minutes >= 900 && share >= 0.6) return [];
  const severity = minutes < 300 ? 'warning' : 'notice';
  return [
    { ...words.focus({ minutes, percent: Math.round(share * 100) }), severity, about: ['focus', 'fragmentation'] },
  ];
}

function countFindings(figures: JsonObject, words: InterpretWords): readonly Finding[] {
  const conflicts = numberOf(asObject(figures['conflicts'])['count']);
  const keys = asList(asObject(figures['conflicts'])['first']).map((each) => asText(asObject(each)['key']));
  const chains = numberOf(asObject(figures['chains'])['count']);
  const outside = numberOf(figures['outsideHoursMinutes']);
  const all = numberOf(figures['meetingMinutes']);
  const percent = all === 0 ? 0 : Math.round((outside / all) * 100);
  return [
    ...(conflicts === 0
      ? []
      : [{ ...words.conflicts(conflicts), severity: 'warning' as const, about: ['conflicts', ...keys.slice(0, 3)] }]),
    ...(chains === 0 ? [] : [{ ...words.chains(chains), severity: 'notice' as const, about: ['chains'] }]),
    ...(percent < 10 ? [] : [{ ...words.outside({ percent }), severity: 'notice' as const, about: ['outside_hours'] }]),
  ];
}

function trendFindings(figures: JsonObject, words: InterpretWords): readonly Finding[] {
  const [before, after] = ['before', 'after'].map((half) => numberOf(asObject(figures['trend'])[half]));
  if (before === undefined || after === undefined || before === 0) return [];
  if (Math.abs(after - before) / before < 0.25) return [];
  return [{ ...words.trend({ before, after }), severity: after > before ? 'notice' : 'info', about: ['trend'] }];
}

function weekdayFindings(figures: JsonObject, words: InterpretWords): readonly Finding[] {
  const days = asList(figures['weekdays']).map(asObject);
  const average = (day: JsonObject): number => numberOf(day['minutes']) / Math.max(1, numberOf(day['days']));
  const [busiest] = days.toSorted((a, b) => average(b) - average(a));
  const mean = days.reduce((sum, day) => sum + average(day), 0) / Math.max(1, days.length);
  if (busiest === undefined || mean === 0 || average(busiest) < 1.5 * mean) return [];
  const weekday = numberOf(busiest['weekday']);
  const facts = { weekday, hours: average(busiest) / 60 };
  return [{ ...words.weekday(facts), severity: 'info', about: [`weekday-${weekday}`] }];
}

function seriesFindings(series: readonly SeriesFact[], words: InterpretWords): readonly Finding[] {
  const hidden = series.filter(({ kind }) => kind === 'implicit').slice(0, 3);
  const [largest] = series;
  return [
    ...hidden.map((each) => ({ ...words.hidden(each), severity: 'notice' as const, about: [each.key] })),
    ...(largest === undefined ? [] : [{ ...words.largest(largest), severity: 'info' as const, about: [largest.key] }]),
  ];
}

/** Answers `interpret`: what the counted figures say, by thresholds, the weightiest first. */
export function answerInterpret(sections: Sections): Json {
  const series = readSeries(sections);
  const figures = asObject(sections['figures']);
  const language = spokenLanguage(
    sections,
    series.map(({ title }) => title),
  );
  const words = interpretWords[language];
  const findings = [
    ...loadFindings(figures, words),
    ...focusFindings(figures, words),
    ...countFindings(figures, words),
    ...seriesFindings(series, words),
    ...trendFindings(figures, words),
    ...weekdayFindings(figures, words),
  ];
  const facts = { events: numberOf(figures['events']), series: series.length };
  return {
    summary: `${words.summary(facts)} ${offlineNotice(language)}`,
    findings: findings
      .toSorted((a, b) => weights[a.severity] - weights[b.severity])
      .slice(0, mostFindings)
      .map((finding) => ({ ...finding })),
  };
}
