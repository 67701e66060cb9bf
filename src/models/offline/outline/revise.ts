import { capitalized, contentWords, oneLine, overlap } from '../text/clean.ts';
import { findDates } from '../text/dates.ts';
import type { Reference } from '../text/dates.ts';
import { effortOf, hoursPerWeekIn } from '../text/durations.ts';
import type { Language } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';
import { readHints } from '../reading/hints.ts';
import { makeTask, sensibleMinutes } from './make-task.ts';
import { entry } from './outline.ts';
import type { Outline, OutlinePhase, OutlineTask } from './outline.ts';

type Setting = { readonly language: Language; readonly reference: Reference };

const dropping =
  /^(?:please\s+|bitte\s+)?(?:remove|drop|skip|delete|leave out|omit|cut|exclude|without|no|get rid of|i don't need|we don't need|don't do|do not do|streiche|entferne|lösche|ohne|keine?n?|lass|überspringe)\s+(.+)$/iu;
const adding =
  /^(?:please\s+|bitte\s+)?(?:add|also|include|insert|plus|additionally|we also need(?: to)?|i also need(?: to)?|don't forget(?: to)?|ergänze|außerdem|zusätzlich|füge):?\s+(.+)$/iu;
const deadlineWords = /\b(?:deadline|finish|done by|ready by|due|frist|fertig bis|abgabe|by|until|bis)\b/iu;

function words(text: string): readonly string[] {
  return contentWords(
    text.replace(/\b(?:phase|task|tasks|step|the|part|aufgabe|schritt|weg|out|please|bitte|hinzu)\b/giu, ' '),
  );
}

/** The task or phase that a person means by a few words, when the words are nearly all in its name. */
function meant(target: string, name: string): boolean {
  const wanted = words(target);
  const has = words(name);
  const number = /\b(?:phase|step|pr|task|schritt|aufgabe)\s*#?\d+\b/iu.exec(target)?.[0]?.toLowerCase();
  if (number !== undefined && name.toLowerCase().startsWith(number)) return true;
  return (
    wanted.length > 0 &&
    overlap(wanted, has) >= 0.75 &&
    wanted.filter((word) => has.includes(word)).length >= Math.min(wanted.length, 1)
  );
}

function mapTasks(outline: Outline, change: (task: OutlineTask) => readonly OutlineTask[]): Outline {
  return {
    ...outline,
    phases: outline.phases
      .map((phase): OutlinePhase => ({ ...phase, tasks: phase.tasks.flatMap(change) }))
      .filter((phase) => phase.tasks.length > 0),
  };
}

function noted(outline: Outline, change: string): Outline {
  return { ...outline, changes: [...outline.changes, change] };
}

function drop(outline: Outline, target: string): Outline | null {
  const phase = outline.phases.find((candidate) => meant(target, candidate.name));
  const tasks = outline.phases.flatMap((candidate) => candidate.tasks).filter((task) => meant(target, task.title));
  if (tasks.length > 0 && !/^\s*(?:the\s+|die\s+)?phase\b/iu.test(target)) {
    const left = mapTasks(outline, (task) => (tasks.includes(task) ? [] : [task]));
    return left.phases.length === 0 ? null : noted(left, `Left out: ${tasks.map((task) => task.title).join(', ')}.`);
  }
  if (phase === undefined || outline.phases.length < 2) return null;
  return noted(
    { ...outline, phases: outline.phases.filter((candidate) => candidate !== phase) },
    `Left out: ${phase.name}.`,
  );
}

function add(outline: Outline, wanted: string, setting: Setting): Outline | null {
  const toPhase = /\s+(?:to|in|into|zu|zur)\s+(?:the\s+)?(.{3,60})$/iu.exec(wanted);
  const phase =
    outline.phases.find((candidate) => toPhase?.[1] !== undefined && meant(toPhase[1], candidate.name)) ??
    outline.phases.at(-1);
  if (phase === undefined) return null;
  const placed = toPhase !== null && toPhase[1] !== undefined && meant(toPhase[1], phase.name);
  const text = (placed ? wanted.slice(0, toPhase.index) : wanted)
    .replace(/^(?:a |an )?(?:task|step|aufgabe)\s+(?:to|for|zum|für)\s+/iu, '')
    .replace(/\s+hinzu\.?$/iu, '')
    .replace(/[.!]+$/u, '');
  const task = makeTask(entry(capitalized(text)), {
    ...setting,
    shareMinutes: null,
    phaseStart: null,
    phaseDeadline: null,
  });
  const phases = outline.phases.map((candidate) =>
    candidate === phase ? { ...candidate, tasks: [...candidate.tasks, task] } : candidate,
  );
  return noted({ ...outline, phases }, `Added: ${task.title}.`);
}

function resize(outline: Outline, sentence: string): Outline | null {
  const effort = effortOf(sentence);
  if (effort === null) return null;
  const target = sentence
    .slice(0, effort.index)
    .replace(/\b(?:should|will|only|takes?|needs?|is|dauert|braucht|make|give|about|just|hours|für|nur)\b/giu, ' ');
  const tasks = outline.phases.flatMap((phase) => phase.tasks).filter((task) => meant(target, task.title));
  if (tasks.length === 0) return null;
  const minutes = sensibleMinutes(effort.minutes);
  const changed = mapTasks(outline, (task) =>
    tasks.includes(task) ? [{ ...task, minutes, effort: 'written', effortReason: `you said ${effort.text}` }] : [task],
  );
  return noted(changed, `${tasks.map((task) => task.title).join(', ')}: ${effort.text}.`);
}

function reorder(outline: Outline, sentence: string): Outline | null {
  const hints = readHints(sentence);
  if (hints.after.length + hints.before.length === 0) return null;
  const target = hints.core.replace(/^(?:do|move|put|schedule|start|mach|verschiebe)\s+/iu, '');
  const task = outline.phases.flatMap((phase) => phase.tasks).find((candidate) => meant(target, candidate.title));
  if (task === undefined) return null;
  const changed = mapTasks(outline, (other) =>
    other === task
      ? [{ ...other, after: [...other.after, ...hints.after], before: [...other.before, ...hints.before] }]
      : [other],
  );
  return noted(changed, `Order: ${oneLine(sentence)}`);
}

function redate(outline: Outline, sentence: string, setting: Setting): Outline | null {
  const mention = findDates(sentence, setting.language, setting.reference).find((candidate) => !candidate.past);
  if (mention === undefined) return null;
  const rest = sentence.slice(0, mention.index);
  const task = outline.phases
    .flatMap((phase) => phase.tasks)
    .find((candidate) => words(rest).length > 1 && meant(rest.replace(deadlineWords, ' '), candidate.title));
  if (task !== undefined) {
    const start = mention.role === 'start';
    return noted(
      mapTasks(outline, (other) =>
        other === task
          ? [{ ...other, ...(start ? { earliestStart: mention.date } : { deadline: mention.end }) }]
          : [other],
      ),
      `${task.title}: ${oneLine(sentence)}`,
    );
  }
  if (mention.role === 'start') return noted({ ...outline, startDate: mention.date }, `Start: ${mention.date}.`);
  if (mention.role === 'deadline' || deadlineWords.test(sentence))
    return noted({ ...outline, deadline: mention.end, pastDeadline: null }, `Deadline: ${mention.end}.`);
  return null;
}

function apply(outline: Outline, sentence: string, setting: Setting): Outline {
  const dropped = dropping.exec(sentence)?.[1];
  const added = adding.exec(sentence)?.[1];
  const weekly = hoursPerWeekIn(sentence);
  if (weekly !== null) return noted({ ...outline, hoursPerWeek: weekly }, `${weekly} hours a week.`);
  return (
    (dropped === undefined ? null : drop(outline, dropped.replace(/[.!]+$/u, ''))) ??
    (added === undefined ? null : add(outline, added, setting)) ??
    resize(outline, sentence) ??
    redate(outline, sentence, setting) ??
    reorder(outline, sentence) ??
    outline
  );
}

/**
 * Changes a plan as a person's comments ask: leave out, add, take longer or shorter, earlier or later, other dates.
 * What no rule understands changes nothing; `changes` says what did.
 */
export function revise(outline: Outline, comments: readonly string[], setting: Setting): Outline {
  const sentences = comments
    .flatMap((comment) => splitSentences(comment.replace(/\n+/gu, '. '), setting.language))
    .flatMap((sentence) =>
      sentence.split(
        /;\s+|,\s+(?=(?:and\s+)?(?:remove|drop|skip|add|also|leave out)\b)|\s+and\s+(?=(?:remove|drop|skip|add|leave out)\b)/iu,
      ),
    );
  let revised = outline;
  for (const sentence of sentences)
    revised = apply(revised, oneLine(sentence.replace(/^(?:and|but|und|aber)\s+/iu, '')), setting);
  return revised;
}
