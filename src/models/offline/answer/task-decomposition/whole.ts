import type { Json } from '../../../../contract/json.ts';
import { outlineInput } from '../../facts.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { buildOutline } from '../../outline/build-outline.ts';
import type { OutlineInput } from '../../outline/build-outline.ts';
import type { Outline, OutlineTask } from '../../outline/outline.ts';
import { contentWords, plain, shortened, similarity } from '../../text/clean.ts';
import { formatMinutes } from '../../text/durations.ts';
import { actionVerb, verbEffort } from '../../text/verbs.ts';
import { offlineNotice, sourceSentence } from '../phrases.ts';
import type { Sections } from '../answerer.ts';
import { splitLarge } from './further.ts';
import { answerParts, mostParts } from './part.ts';
import type { Found } from './part.ts';

const usual = { quick: 45, medium: 90, large: 480 } as const;
// Only making something new takes the course of new software.
const making =
  /^(?:set|open|start|build|create|develop|make|launch|design|ship|code|program\w*|bauen|erstellen|entwickeln|gestalten)$/u;
const shortTitle = 10;
const sameWork = 0.75;

const checks =
  /(?:done when|acceptance(?: criteria)?|success criteria|fertig,? wenn|erledigt,? wenn|erfolgskriterien)\s*[:–-]?\s*(.{8,})/iu;

/** The record's own words on the task, as a text that can be read. */
function recordText(sections: Sections): string {
  const task = asObject(sections['task']);
  return ['description', 'details', 'steps']
    .map((field) => asText(task[field]).trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

/** What the task's outline is read from: what the person wrote, then the record. The project's own plan is not the task's. */
export function taskInput(sections: Sections): OutlineInput {
  const input = outlineInput({ ...sections, project: null, notes: null });
  const record = recordText(sections);
  return {
    ...input,
    background: [...(record === '' ? [] : [record]), ...input.background],
    projectName: null,
    projectDeadline: null,
    existingTasks: [],
  };
}

const effortWords: Readonly<Record<OutlineTask['effort'], string>> = {
  written: 'steht im Text',
  steps: 'Summe der Schritte',
  phase: 'Anteil am genannten Aufwand',
  estimate: 'geschätzt nach Art der Arbeit und Zahl der Schritte',
};

function fromTask(task: OutlineTask, language: Outline['language']): Found {
  return {
    title: task.title,
    steps: task.steps,
    acceptance: checks.exec(plain(task.text))?.[1] ?? null,
    minutes: task.minutes,
    sureness: task.effort,
    reason: language === 'de' ? effortWords[task.effort] : task.effortReason,
  };
}

function fromPhase(phase: Outline['phases'][number], language: Outline['language']): Found {
  const minutes = phase.tasks.reduce((sum, task) => sum + task.minutes, 0);
  const count = phase.tasks.length;
  return {
    title: phase.name,
    steps: phase.tasks.map((task) => `${task.title} (${formatMinutes(task.minutes, language)})`),
    acceptance: null,
    minutes,
    sureness: 'steps',
    reason: language === 'de' ? `Summe von ${count} Aufgaben` : `its ${count} tasks add up to it`,
  };
}

function partsOf(outline: Outline): readonly Found[] {
  const tasks = outline.phases.flatMap((phase) => phase.tasks);
  if (tasks.length > mostParts && outline.phases.length > 1)
    return outline.phases.map((phase) => fromPhase(phase, outline.language));
  return tasks.map((task) => fromTask(task, outline.language));
}

/** Estimates shared out so that they add up to what the record says the task takes. */
function scaled(parts: readonly Found[], known: number | null, language: Outline['language']): readonly Found[] {
  const total = parts.reduce((sum, part) => sum + part.minutes, 0);
  if (known === null || total === 0 || parts.some((part) => part.sureness !== 'estimate')) return parts;
  const said =
    language === 'de'
      ? `; die Aufgabe ist mit ${formatMinutes(known, 'de')} geplant`
      : `; the task is planned with ${formatMinutes(known)}`;
  return parts.map((part) => ({
    ...part,
    minutes: Math.max(10, (part.minutes / total) * known),
    reason: `${part.reason}${said}`,
  }));
}

type Bare = { readonly title: string; readonly known: number | null; readonly maxMinutes: number };

/** A title alone: one thing to do when its verb says so, the course of its kind of work, else the undertaking's template. */
function fromTitle(outline: Outline, { title, known, maxMinutes }: Bare): readonly Found[] {
  const { language, template } = outline;
  const verb = actionVerb(plain(title), language);
  const short = title.split(/\s+/u).length <= shortTitle;
  const effort = verbEffort(verb, language);
  const general = template === 'general' || (template === 'software' && verb !== null && !making.test(verb));
  const single = verb !== null && short && (effort === 'quick' || general);
  if (!single) return scaled(partsOf(outline), known, language);
  const minutes = known ?? usual[effort];
  if (minutes > maxMinutes) return splitLarge({ title, steps: [], minutes, maxMinutes, language });
  const reason = language === 'de' ? 'übliche Dauer solcher Arbeit' : 'a usual effort for this kind of work';
  return [{ title, steps: [], acceptance: null, minutes, sureness: 'estimate', reason }];
}

function open(parts: readonly Found[], finished: readonly string[]): readonly Found[] {
  const done = finished.map(contentWords);
  const left = parts.filter((part) => !done.some((words) => similarity(words, contentWords(part.title)) >= sameWork));
  return left.length === 0 ? parts.slice(0, 1) : left;
}

/** Answers `split` for the whole task. */
export function splitWhole(sections: Sections): Json {
  const outline = buildOutline(taskInput(sections));
  const task = asObject(sections['task']);
  const title = asText(task['title']) || outline.title;
  const minutes = task['durationMinutes'];
  const known = typeof minutes === 'number' && minutes > 0 ? minutes : null;
  const maxMinutes = Number(asObject(sections['limits'])['aimMinutes']) || 120;
  const bare = { title: asText(task['title']) || shortened(asText(sections['intent']), 150), known, maxMinutes };
  const all =
    outline.source === 'template' ? fromTitle(outline, bare) : scaled(partsOf(outline), known, outline.language);
  const parts = open(all, asList(sections['finished_subtasks']).map(asText));
  const existing = asList(sections['existing_subtasks'])
    .map(asObject)
    .map((each) => ({ id: asText(each['id']), title: asText(each['title']) }));
  return {
    title: shortened(title, 150),
    summary: outline.goal === '' ? '' : shortened(outline.goal, 500),
    parts: answerParts(parts, { language: outline.language, prefix: '', whole: title, existing }),
    reasoning: [offlineNotice(outline.language), sourceSentence(outline), ...outline.changes].join(' '),
  };
}
