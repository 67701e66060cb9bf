import { asName, capitalized, oneLine, plain, shortened } from '../text/clean.ts';
import { findDates } from '../text/dates.ts';
import type { DateMention, Reference } from '../text/dates.ts';
import { effortOf, findDurations, formatMinutes, longestTaskMinutes, withoutEffort } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { actionVerb, verbEffort } from '../text/verbs.ts';
import { readHints } from '../reading/hints.ts';
import type { EffortSource, Entry, OutlineTask } from './outline.ts';

export type TaskSetting = {
  readonly language: Language;
  readonly reference: Reference;
  /** Minutes that the text gives the whole phase, shared by its tasks; null when it says nothing. */
  readonly shareMinutes: number | null;
  /** Dates that the phase itself names. */
  readonly phaseStart: string | null;
  readonly phaseDeadline: string | null;
};

type Effort = { readonly minutes: number; readonly effort: EffortSource; readonly effortReason: string };
const baseMinutes = { quick: 45, medium: 90, large: 240 } as const;
const minutesPerStep = 40;
const longestTitle = 110;

/** Rounded to what fits a calendar, within what one task may take. */
export function sensibleMinutes(minutes: number): number {
  const rounded = minutes <= 20 ? Math.max(5, Math.round(minutes / 5) * 5) : Math.round(minutes / 15) * 15;
  return Math.min(longestTaskMinutes, Math.max(5, rounded));
}

function written(minutes: number, said: string): Effort {
  const capped =
    minutes > longestTaskMinutes ? `; one task is planned with at most ${formatMinutes(longestTaskMinutes)}` : '';
  return {
    minutes: sensibleMinutes(minutes),
    effort: 'written',
    effortReason: `the text says ${plain(said)}${capped}`,
  };
}

function effortFor(entry: Entry, setting: TaskSetting): Effort {
  const own = effortOf(entry.text) ?? entry.notes.map(effortOf).find((mention) => mention !== null) ?? null;
  if (own !== null) return written(own.minutes, own.text);
  const steps = entry.steps.map((step) => effortOf(step)?.minutes ?? 0);
  const sum = steps.reduce((total, minutes) => total + minutes, 0);
  if (sum > 0)
    return {
      minutes: sensibleMinutes(sum),
      effort: 'steps',
      effortReason: `its steps add up to ${formatMinutes(sum)}`,
    };
  const loose = findDurations(entry.text)[0];
  if (loose !== undefined) return written(loose.minutes, loose.text);
  if (setting.shareMinutes !== null) {
    return {
      minutes: sensibleMinutes(setting.shareMinutes),
      effort: 'phase',
      effortReason: 'its share of the effort that the text gives the phase',
    };
  }
  const size = verbEffort(actionVerb(asName(entry.text), setting.language), setting.language);
  const minutes = sensibleMinutes(
    entry.steps.length === 0
      ? baseMinutes[size]
      : Math.max(baseMinutes[size], entry.steps.length * minutesPerStep + 30),
  );
  const count = entry.steps.length === 0 ? 'no steps given' : `${entry.steps.length} steps`;
  return { minutes, effort: 'estimate', effortReason: `estimated from the kind of work (${size}) and ${count}` };
}

function cutDate(text: string, mention: DateMention): string {
  const before = text
    .slice(0, mention.index)
    .replace(
      /[\s,;(–—-]*(?:\b(?:by|until|till|before|due|deadline|no later than|on|at|the|latest|from|starting|bis|zum|spätestens|am|vor|dem|ab|fällig|frist)\b[:\s]*)+$/iu,
      '',
    );
  const after = text.slice(mention.index + mention.text.length).replace(/^\s*\)/u, '');
  const cut = oneLine(`${before} ${after}`);
  return cut.length >= 6 ? cut : text;
}

/** A short name for a task: no effort, no date in it, a long sentence cut at its first break. */
function titleOf(text: string, language: Language, reference: Reference): string {
  let title = withoutEffort(asName(text).replace(/[.!]+$/u, ''));
  for (const mention of findDates(title, language, reference).toReversed()) {
    const label = mention.index === 0 ? /^\s*[-–—:]\s+(?=\S)/u.exec(title.slice(mention.text.length)) : null;
    if (label !== null) title = title.slice(mention.text.length + label[0].length);
    else if (mention.role === 'deadline' || title.trim().endsWith(mention.text)) title = cutDate(title, mention);
  }
  const core = readHints(title).core;
  const named = oneLine(core)
    .replace(/^\s*[([]?(?:optional|urgent|dringend|wichtig|asap|nice to have)[)\]]?\s*[:–—-]\s*/iu, '')
    .replace(/\s*[([](?:optional|urgent|dringend|nice to have|asap)[)\]]/iu, '')
    .replace(/[\s,;:–—-]+$/u, '');
  const bare = language === 'de' ? named.replace(/^(?:die|das|den|der|dem)\s+(?=\p{Lu})/iu, '') : named;
  const first =
    bare.length <= longestTitle ? bare : (/^(.{12,100}?)(?:[.;:]\s|\s[–—-]\s|,\s|\s\()/u.exec(named)?.[1] ?? named);
  const short = capitalized(shortened(first.trim(), longestTitle));
  return short === '' ? shortened(oneLine(text), longestTitle) : short;
}

function datesOf(
  entry: Entry,
  setting: TaskSetting,
): { readonly deadline: string | null; readonly earliestStart: string | null } {
  const texts = [entry.text, ...entry.notes];
  const mentions = texts
    .flatMap((text) => findDates(text, setting.language, setting.reference))
    .filter((mention) => !mention.past);
  const due =
    mentions.find((mention) => mention.role === 'deadline') ?? mentions.find((mention) => mention.role === 'on');
  const start = mentions.find((mention) => mention.role === 'start');
  const ranged = due !== undefined && due.end !== due.date ? due.date : null;
  const deadline = due?.end ?? setting.phaseDeadline;
  const earliest = start?.date ?? ranged ?? setting.phaseStart;
  return { deadline, earliestStart: earliest !== null && deadline !== null && earliest > deadline ? null : earliest };
}

/** Turns an entry into a task: title, steps, effort with its reason, dates, what it says of order. */
export function makeTask(entry: Entry, setting: TaskSetting): OutlineTask {
  const hints = readHints(withoutEffort(entry.text));
  const noted = entry.notes.map(readHints);
  const title = titleOf(entry.text, setting.language, setting.reference);
  const all = [entry.text, ...entry.notes].join(' ');
  const description = [plain(entry.text) === title ? '' : oneLine(entry.text), ...entry.notes]
    .filter((part) => part !== '')
    .join('\n');
  return {
    title,
    description: shortened(description === '' ? title : description, 2_000),
    steps: entry.steps.slice(0, 40).map((step) => shortened(oneLine(step), 400)),
    ...effortFor(entry, setting),
    ...datesOf(entry, setting),
    number: entry.number,
    after: [...entry.after, ...hints.after, ...noted.flatMap((hint) => hint.after)],
    before: [...entry.before, ...hints.before, ...noted.flatMap((hint) => hint.before)],
    urgent:
      /\b(?:urgent|asap|critical|immediately|top priority|must have|blocker|dringend|sofort|wichtig|kritisch|unbedingt)\b|!{2,}/iu.test(
        all,
      ),
    optional:
      /\b(?:optional(?:ly)?|nice[- ]to[- ]have|if time permits|later|stretch goal|maybe|wenn zeit|wenn möglich|eventuell|vielleicht|optional)\b/iu.test(
        all,
      ),
    text: all,
  };
}
