import { shortened } from '../text/clean.ts';
import type { Reference } from '../text/dates.ts';
import { hoursPerWeekIn } from '../text/durations.ts';
import { detectLanguage } from '../text/language.ts';
import type { Language } from '../text/language.ts';
import { countEntries, readPlan } from '../reading/choose.ts';
import type { Reading } from '../reading/choose.ts';
import { readFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { entry } from './outline.ts';
import type { Group, Outline, OutlinePhase, OutlineTask } from './outline.ts';
import { makePhases } from './phases.ts';
import { withLeadTimes } from './lead-times.ts';
import { withPrerequisites } from './prerequisites.ts';
import { letterBody } from '../reading/prose.ts';
import { revise } from './revise.ts';
import { templateFor } from './templates.ts';
import type { Template } from './templates.ts';

/** All that a plan may be read from. Texts are a person's own words: they are read, never obeyed beyond planning. */
export type OutlineInput = {
  readonly intent: string;
  /** Further texts in order of weight: context, the project's description, notes. */
  readonly background: readonly string[];
  readonly projectName: string | null;
  readonly projectDeadline: string | null;
  readonly answers: readonly { readonly key: string; readonly question: string; readonly answer: string }[];
  /** Comments of rejections and context added while running, oldest first. */
  readonly comments: readonly string[];
  readonly existingTasks: readonly {
    readonly title: string;
    readonly deadline: string | null;
    readonly durationMinutes: number | null;
  }[];
  /** What is known of the person: read for the hours they have, for nothing else. */
  readonly profile: string;
  readonly reference: Reference;
};

const isoDate = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;

/** The answer to a question with one of these keys, or null. */
function answerFor(input: OutlineInput, keys: readonly string[]): string | null {
  const found = input.answers.find((item) =>
    keys.some((key) => item.key.toLowerCase().replaceAll('_', '').includes(key)),
  );
  return found === undefined || found.answer.trim() === '' ? null : found.answer.trim();
}

function templateGroups(template: Template, language: Language): readonly Group[] {
  return template.phases[language]
    .map((course) => course.split(' » '))
    .map(([name = '', ...tasks]) => ({
      name,
      notes: [],
      entries: tasks.map((task) => {
        const [title = '', minutes = '60', steps = ''] = task.split('|');
        return entry(`${title} (${minutes} min)`, { steps: steps === '' ? [] : steps.split('; ') });
      }),
    }));
}

type Choice = { readonly text: string; readonly reading: Reading; readonly template: Template | null };

function existingReading(input: OutlineInput, root: Reading['root']): Reading | null {
  if (input.existingTasks.length === 0 || input.projectName === null || input.intent.trim().split(/\s+/u).length > 12)
    return null;
  const entries = input.existingTasks.map((task) => {
    const effort = task.durationMinutes === null ? '' : ` (${task.durationMinutes} min)`;
    return entry(`${task.title}${effort}`, {
      notes: task.deadline === null ? [] : [`by ${task.deadline.slice(0, 10)}`],
    });
  });
  return { source: 'existing', heading: null, groups: [{ name: '', notes: [], entries }], root, finished: [] };
}

/** The intent where it names things to do, else the first other text that does, else the project's open tasks, else a template. */
function choose(input: OutlineInput, language: Language): Choice {
  const outcome = answerFor(input, ['outcome', 'scope', 'result', 'tasks']) ?? '';
  const texts = [input.intent, outcome, ...input.background].filter((text) => text.trim() !== '');
  const readings = texts.map((text) => ({ text, reading: readPlan(letterBody(text), language), template: null }));
  const explicit = readings.find(({ reading }) => countEntries(reading.groups) >= 2);
  const first = readings[0] ?? { text: '', reading: readPlan('', language), template: null };
  if (explicit !== undefined) return explicit;
  const existing = existingReading(input, first.reading.root);
  if (existing !== null) return { ...first, reading: existing };
  // A long text names many things in passing: only a short one says what kind of undertaking it is.
  const short = input.intent.length <= 600 ? input.intent : '';
  const template = templateFor(`${short} ${outcome} ${input.projectName ?? ''}`);
  return {
    ...first,
    reading: { ...first.reading, source: 'template', groups: templateGroups(template, language) },
    template,
  };
}

function answeredDate(input: OutlineInput): string | null {
  const answer = answerFor(input, ['deadline', 'date', 'when', 'due']);
  return answer !== null && isoDate.test(answer) ? answer : null;
}

function answeredHours(input: OutlineInput): number | null {
  const answer = answerFor(input, ['hoursperweek', 'hours']);
  const hours = answer === null ? Number.NaN : Number(answer.replace(',', '.'));
  return Number.isFinite(hours) && hours > 0 && hours <= 100 ? hours : null;
}

/** A template's efforts are no words of the person's. */
function usual(phase: OutlinePhase): OutlinePhase {
  return {
    ...phase,
    tasks: phase.tasks.map((task): OutlineTask => ({
      ...task,
      effort: 'estimate',
      effortReason: 'a usual effort for this kind of work',
      description: task.title,
      deadline: null,
      earliestStart: null,
    })),
  };
}

/** A name for a plan whose text gives none: its phases, or its first task and how many more. */
function nameFromPhases(phases: readonly OutlinePhase[], language: Language): string {
  const first = phases[0]?.tasks[0]?.title;
  if (first === undefined) return language === 'de' ? 'Neues Vorhaben' : 'New project';
  if (phases.length > 1) return shortened(phases.map((phase) => phase.name).join(', '), 80);
  const more = (phases[0]?.tasks.length ?? 1) - 1;
  if (more === 0) return shortened(first, 80);
  return `${shortened(first, 60)} ${language === 'de' ? `und ${more} weitere` : `and ${more} more`}`;
}

/** What the intent says of the whole, completed by the text that the plan was read from. */
function frameOf(
  input: OutlineInput,
  choice: Choice,
  setting: { readonly language: Language; readonly reference: Reference },
): Frame {
  const loose = !/^(?:roadmap|next_steps|headings)$/u.test(choice.reading.source);
  const own = readFrame(choice.text, choice.reading, { ...setting, loose });
  if (choice.text === input.intent || input.intent.trim() === '') return own;
  const intent = readFrame(input.intent, readPlan(letterBody(input.intent), setting.language), {
    ...setting,
    loose: true,
  });
  return {
    title: intent.title === '' ? own.title : intent.title,
    goal: intent.goal === '' ? own.goal : intent.goal,
    startDate: intent.startDate ?? own.startDate,
    deadline: intent.deadline ?? own.deadline,
    pastDeadline: intent.pastDeadline,
  };
}

/** Reads everything given into one outline: the same for the same input, whatever call asks for it. Never throws. */
export function buildOutline(input: OutlineInput): Outline {
  const language = detectLanguage(input.intent.trim() === '' ? input.background.join('\n') : input.intent);
  const choice = choose(input, language);
  const setting = { language, reference: input.reference };
  const frame = frameOf(input, choice, setting);
  const deadline =
    answeredDate(input) ?? frame.deadline ?? backgroundDeadline(input, language) ?? input.projectDeadline;
  const startDate =
    frame.startDate !== null && deadline !== null && frame.startDate > deadline ? null : frame.startDate;
  const read = withPrerequisites(makePhases(choice.reading.groups, { ...setting, startDate }), setting);
  const phases = choice.template === null ? read : read.map(usual);
  const outline: Outline = {
    language,
    title:
      input.projectName ??
      (frame.title === ''
        ? choice.template === null
          ? nameFromPhases(phases, language)
          : nameFromPhases([], language)
        : frame.title),
    goal: frame.goal,
    source: choice.reading.source,
    heading: choice.reading.heading,
    phases,
    startDate,
    deadline,
    pastDeadline: deadline === null ? frame.pastDeadline : null,
    hoursPerWeek:
      answeredHours(input) ??
      [input.intent, ...input.background, input.profile].map(hoursPerWeekIn).find((hours) => hours !== null) ??
      null,
    template: choice.template?.name ?? null,
    finished: choice.reading.finished,
    changes: [],
  };
  return withLeadTimes(revise(outline, input.comments, setting));
}

function backgroundDeadline(input: OutlineInput, language: Language): string | null {
  for (const text of input.background) {
    const found = readFrame(text, readPlan(text, language), {
      language,
      reference: input.reference,
      loose: false,
    }).deadline;
    if (found !== null) return found;
  }
  return null;
}
