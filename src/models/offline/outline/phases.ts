import { Temporal } from 'temporal-polyfill';
import { asName, oneLine, plain, shortened } from '../text/clean.ts';
import { findDates, localDay } from '../text/dates.ts';
import type { Reference } from '../text/dates.ts';
import { effortOf } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { makeTask } from './make-task.ts';
import type { Group, OutlinePhase } from './outline.ts';
import { labelNumber } from '../reading/sections.ts';
import { isMereIntroduction } from '../reading/titles.ts';

export type PhaseSetting = {
  readonly language: Language;
  readonly reference: Reference;
  readonly startDate: string | null;
};

const mostPhases = 15;
const mostTasks = 60;
/** What a plan's only phase is called when its text names none. */
export const unnamedPhase = { en: 'Tasks', de: 'Aufgaben' } as const;

type Span = { readonly start: string | null; readonly deadline: string | null };

/** "Week 2" and "Day 3" are dates once the start is known: they count from it, or from today. */
function countedSpan(name: string, setting: PhaseSetting): Span | null {
  const number = labelNumber(name);
  const unit = /^(week|woche|day|tag|month|monat)\b/iu.exec(plain(name))?.[1]?.toLowerCase();
  if (number === null || number < 1 || number > 60 || unit === undefined) return null;
  const base = setting.startDate === null ? localDay(setting.reference) : Temporal.PlainDate.from(setting.startDate);
  const from = /^(week|woche)/u.test(unit)
    ? { weeks: number - 1 }
    : /^(day|tag)/u.test(unit)
      ? { days: number - 1 }
      : { months: number - 1 };
  const until = /^(week|woche)/u.test(unit)
    ? { weeks: number }
    : /^(day|tag)/u.test(unit)
      ? { days: number }
      : { months: number };
  return { start: base.add(from).toString(), deadline: base.add(until).subtract({ days: 1 }).toString() };
}

function spanOf(group: Group, setting: PhaseSetting, alone: boolean): Span {
  // The dates of the only group are the project's, not each task's.
  if (alone) return { start: null, deadline: null };
  const mentions = group.notes
    .flatMap((note) => findDates(note, setting.language, setting.reference))
    .filter((mention) => !mention.past);
  const range = mentions.find((mention) => mention.date !== mention.end);
  const due =
    range ??
    mentions.find((mention) => mention.role === 'deadline') ??
    mentions.find((mention) => mention.role === 'on');
  const start = mentions.find((mention) => mention.role === 'start');
  if (due === undefined && start === undefined)
    return countedSpan(group.name, setting) ?? { start: null, deadline: null };
  return { start: start?.date ?? (range === undefined ? null : range.date), deadline: due?.end ?? null };
}

/** Minutes a group's own lines give it as a whole ("Estimated effort: 60-70 hours", "Phase 1 (2 weeks)"). */
function groupMinutes(group: Group): number | null {
  const line = group.notes.find(
    (note) =>
      effortOf(note) !== null &&
      (/\b(?:effort|estimate[d]?|duration|aufwand|dauer|schätzung)\b/iu.test(note) || note === group.notes[0]),
  );
  return line === undefined ? null : (effortOf(line)?.minutes ?? null);
}

function nameOf(group: Group, language: Language): string {
  const name = asName(plain(group.name))
    .replace(/[\s,–—-]+(?:by|until|due|bis(?: zum)?|spätestens)\s+(?=.*\d|ende|end|mitte|mid).*$/iu, '')
    .replace(/\s*[([][^()[\]]*[)\]]$/u, (bracket) => (effortOf(bracket) === null ? bracket : ''));
  return name === '' || isMereIntroduction(name)
    ? name.split(' ').length > 6 && !/^(?:here|we|i|you|please|hi|wir|ich|bitte|hier)\b/iu.test(name)
      ? shortened(name, 100)
      : unnamedPhase[language]
    : shortened(name, 100);
}

function goalOf(group: Group): string {
  const line = group.notes.slice(1).find((note) => note.length > 15 && effortOf(note) === null);
  return line === undefined ? '' : shortened(oneLine(plain(line)), 300);
}

/** Groups with too little or too much to be phases are joined, so that a plan stays one a person can survey. */
function bounded(groups: readonly Group[]): readonly Group[] {
  const kept = groups.slice(0, mostPhases - 1);
  const rest = groups.slice(mostPhases - 1);
  const last = rest[0];
  if (last === undefined) return kept;
  return [...kept, { ...last, entries: rest.flatMap((group) => group.entries) }];
}

/** Turns groups into phases with tasks; groups of the same name become one. */
export function makePhases(groups: readonly Group[], setting: PhaseSetting): readonly OutlinePhase[] {
  const merged: Group[] = [];
  for (const group of bounded(groups)) {
    const name = nameOf(group, setting.language);
    const same = merged.findIndex((other) => other.name === name);
    const before = merged[same];
    if (before === undefined) merged.push({ ...group, name });
    else merged[same] = { ...before, entries: [...before.entries, ...group.entries] };
  }
  return merged.map((group) => {
    const span = spanOf(group, setting, merged.length === 1);
    const minutes = groupMinutes(group);
    const shareMinutes = minutes === null ? null : minutes / group.entries.length;
    const tasks = group.entries.slice(0, mostTasks).map((item) =>
      makeTask(item, {
        language: setting.language,
        reference: setting.reference,
        shareMinutes,
        phaseStart: span.start,
        phaseDeadline: span.deadline,
      }),
    );
    return { name: group.name, goal: goalOf(group), tasks };
  });
}
