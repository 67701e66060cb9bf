import { Temporal } from 'temporal-polyfill';
import type { Json } from '../../../../contract/json.ts';
import type { Priority } from '../../../../contract/proposal.ts';
import { contentWords, overlap, similarity } from '../../text/clean.ts';
import { localDay } from '../../text/dates.ts';
import type { Reference } from '../../text/dates.ts';
import { formatMinutes } from '../../text/durations.ts';
import type { Outline, OutlinePhase, OutlineTask } from '../../outline/outline.ts';
import type { PlannedPhase } from '../../facts.ts';

export type TasksSetting = {
  readonly phaseKey: string;
  /** Phases of the run's plan, which another model may have made. */
  readonly planned: readonly PlannedPhase[];
  readonly existing: readonly { readonly id: string; readonly title: string }[];
  readonly reference: Reference;
};

/** Titles this alike are the same work. */
const sameWork = 0.75;
const soonDays = 14;

/** The outline's phase for a key of the plan: by name, else by its place. */
function phaseFor(outline: Outline, setting: TasksSetting): OutlinePhase | null {
  const at = setting.planned.findIndex((phase) => phase.key === setting.phaseKey);
  const name = setting.planned[at]?.name;
  const number = /(\d+)\s*$/u.exec(setting.phaseKey)?.[1];
  const place = at >= 0 ? at : number === undefined ? 0 : Number(number) - 1;
  if (name === undefined) return outline.phases[place] ?? null;
  const alike = outline.phases
    .map((phase) => ({ phase, score: phase.name === name ? 2 : overlap(contentWords(name), contentWords(phase.name)) }))
    .toSorted((left, right) => right.score - left.score)[0];
  return alike !== undefined && alike.score >= 0.6 ? alike.phase : (outline.phases[place] ?? null);
}

/** Which existing task is the same work as which planned one; each once, over all phases, since phases are answered apart. */
function sameTasks(outline: Outline, existing: TasksSetting['existing']): ReadonlyMap<OutlineTask, string> {
  const taken = new Set<string>();
  const same = new Map<OutlineTask, string>();
  for (const task of outline.phases.flatMap((phase) => phase.tasks)) {
    const words = contentWords(task.title);
    const found = existing.find(
      (other) => !taken.has(other.id) && similarity(contentWords(other.title), words) >= sameWork,
    );
    if (found === undefined) continue;
    taken.add(found.id);
    same.set(task, found.id);
  }
  return same;
}

type Judged = { readonly priority: Priority; readonly why: string };

function judge(task: OutlineTask, phase: OutlinePhase, setting: TasksSetting & { readonly german: boolean }): Judged {
  const { german } = setting;
  const soon = localDay(setting.reference)
    .add(Temporal.Duration.from({ days: soonDays }))
    .toString();
  if (task.urgent)
    return { priority: 'critical', why: german ? 'der Text nennt es dringend' : 'the text calls it urgent' };
  if (task.deadline !== null && task.deadline <= soon)
    return { priority: 'high', why: german ? `fällig am ${task.deadline}` : `due on ${task.deadline}` };
  if (task.optional) return { priority: 'low', why: german ? 'der Text stellt es frei' : 'the text leaves it open' };
  if (/\b(?:mvp|foundation|core|must|grundlagen|fundament|kern)\b/iu.test(phase.name))
    return { priority: 'high', why: german ? 'die Phase trägt alles Weitere' : 'its phase carries the rest' };
  if (/\b(?:polish|nice|cosmetic|extras?|stretch|feinschliff)\b/iu.test(task.title))
    return { priority: 'low', why: german ? 'Feinschliff' : 'polish can wait' };
  return { priority: 'medium', why: german ? 'nichts hebt sie hervor' : 'nothing sets it apart' };
}

/** Answers `tasks`: the tasks of one phase with keys `<phase>.t1` and on. */
export function answerTasks(outline: Outline, setting: TasksSetting): Json {
  const phase = phaseFor(outline, setting);
  const same = sameTasks(outline, setting.existing);
  const german = outline.language === 'de';
  const tasks = (phase?.tasks ?? []).map((task, index) => {
    const judged = judge(task, phase ?? { name: '', goal: '', tasks: [] }, { ...setting, german });
    const reason = german
      ? `${formatMinutes(task.minutes, 'de')}: ${germanEffort(task)}. Priorität: ${judged.why}.`
      : `${formatMinutes(task.minutes)}: ${task.effortReason}. Priority: ${judged.why}.`;
    return {
      key: `${setting.phaseKey}.t${index + 1}`,
      title: task.title,
      description: task.description,
      steps: [...task.steps],
      durationMinutes: task.minutes,
      priority: judged.priority,
      earliestStart: task.earliestStart,
      deadline: task.deadline,
      existingTaskId: same.get(task) ?? null,
      reason,
    };
  });
  return { tasks: tasks.length > 0 ? tasks : [placeholder(setting, german)] };
}

function germanEffort(task: OutlineTask): string {
  const words: Readonly<Record<OutlineTask['effort'], string>> = {
    written: 'steht im Text',
    steps: 'Summe der Schritte',
    phase: 'Anteil am Aufwand der Phase',
    estimate: 'geschätzt nach Art der Arbeit und Zahl der Schritte',
  };
  return words[task.effort];
}

/** A phase that another model planned and of whose work the text says nothing. */
function placeholder(setting: TasksSetting, german: boolean): { readonly [key: string]: Json } {
  const name = setting.planned.find((phase) => phase.key === setting.phaseKey)?.name ?? setting.phaseKey;
  return {
    key: `${setting.phaseKey}.t1`,
    title: german ? `${name} ausarbeiten` : `Work out ${name}`,
    description: german ? `Der Text sagt nichts Näheres zu ${name}.` : `The text says nothing more about ${name}.`,
    steps: [],
    durationMinutes: 120,
    priority: 'medium',
    earliestStart: null,
    deadline: null,
    existingTaskId: null,
    reason: german
      ? 'Geschätzt: Der Text nennt keine Aufgaben dieser Phase.'
      : 'Estimated: the text names no tasks of this phase.',
  };
}
