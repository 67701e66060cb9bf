import type { JsonObject } from '../../../../contract/json.ts';
import { asText } from '../../json-values.ts';
import { actionVerb, verbEffort } from '../../text/verbs.ts';
import { detectLanguage } from '../../text/language.ts';
import { partsOf } from './parts.ts';
import type { Finding, Request, Task } from './request.ts';

type Measure = JsonObject & { readonly kind: string; readonly target: string };

const empty = {
  others: [],
  parts: [],
  priority: null,
  start: null,
  deadline: null,
  minutes: null,
  projectId: null,
  phaseId: null,
  status: null,
};

function measure(kind: string, target: string, more: JsonObject): Measure {
  return { ...empty, kind, target, ...more };
}

const minutesOf = { quick: 30, medium: 90, large: 240 } as const;
// What nobody wanted for so long is hardly wanted any more.
const forgottenDays = 60;

function word(request: Request, texts: { readonly en: string; readonly de: string }): string {
  return texts[request.language];
}

/** The first task of a finding with what most rules look at. */
function first(finding: Finding, request: Request): Task | null {
  return request.tasks.get(finding.taskIds[0] ?? '') ?? null;
}

function couldEnd(finding: Finding, { today }: Request): string | null {
  const date = asText(finding.evidence['couldEnd']);
  return date >= today ? date : null;
}

function byRoom(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  const deadline = couldEnd(finding, request);
  if (task === null || deadline === null) return [];
  const reason = word(request, {
    en: `${finding.about} The calendar has room for it until ${deadline}.`,
    de: `${finding.about} Der Kalender hat bis ${deadline} Platz dafür.`,
  });
  return [measure('reschedule', task.id, { deadline, reason })];
}

function dropForgotten(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  const days = Number(asText(finding.evidence['daysUntouched'])) || 0;
  if (task === null || task.priority !== 'low' || task.status !== 'pending' || days < forgottenDays) return [];
  const reason = word(request, {
    en: `Low priority and not touched for ${days} days: it is hardly wanted any more.`,
    de: `Niedrige Priorität und seit ${days} Tagen nicht angefasst: wohl nicht mehr gewollt.`,
  });
  return [measure('drop', task.id, { reason })];
}

function overdue(finding: Finding, request: Request): readonly Measure[] {
  const dropped = dropForgotten(finding, request);
  return dropped.length > 0 ? dropped : byRoom(finding, request);
}

function overload(finding: Finding, request: Request): readonly Measure[] {
  const week = asText(finding.evidence['week']);
  const deadline = asText(finding.evidence['roomUntil']);
  // What can be done in the weeks before needs no other deadline.
  if (deadline === '' || asText(finding.evidence['canBeDoneBefore']) === 'yes') return [];
  let over = Number(asText(finding.evidence['hoursOver'])) * 60;
  return finding.taskIds.flatMap((id) => {
    const task = request.tasks.get(id);
    // What is overdue has a finding of its own, with a day of its own.
    if (task === undefined || over <= 0 || task.deadline.slice(0, 10) < request.today) return [];
    if (task.priority === 'critical' || task.priority === 'high') return [];
    over -= task.minutes ?? 60;
    const reason = word(request, {
      en: `The week of ${week} has less free time than work due; this is among the least urgent, and there is room until ${deadline}.`,
      de: `In der Woche ab ${week} ist mehr fällig als Zeit frei; das gehört zum wenigsten Dringenden, und bis ${deadline} ist Platz.`,
    });
    return [measure('reschedule', id, { deadline, reason })];
  });
}

function merge(finding: Finding): readonly Measure[] {
  const [keep, ...others] = finding.taskIds;
  return keep === undefined || others.length === 0 ? [] : [measure('merge', keep, { others, reason: finding.about })];
}

function raise(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  const needed = asText(finding.evidence['needed']);
  if (task === null) return [];
  if (finding.kind === 'priority' && task.priority === 'critical') return byRoom(finding, request);
  const priority = needed === '' ? 'high' : needed;
  return task.priority === priority ? [] : [measure('reprioritize', task.id, { priority, reason: finding.about })];
}

function urge(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  return task === null || task.priority === 'high' || task.priority === 'critical'
    ? []
    : [measure('reprioritize', task.id, { priority: 'high', reason: finding.about })];
}

function unneed(finding: Finding): readonly Measure[] {
  const [target = ''] = finding.taskIds;
  return [
    measure('remove_dependency', target, { others: [asText(finding.evidence['dependsOnId'])], reason: finding.about }),
  ];
}

function splitUp(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  return task === null ? [] : [measure('split', task.id, { parts: partsOf(task), reason: finding.about })];
}

function guess(finding: Finding, request: Request): readonly Measure[] {
  const task = first(finding, request);
  if (task === null) return [];
  const language = detectLanguage(task.title);
  const minutes = minutesOf[verbEffort(actionVerb(task.title, language), language)];
  const reason = word(request, {
    en: `What "${task.title}" asks for usually takes about ${minutes} minutes.`,
    de: `Was „${task.title}“ verlangt, dauert meist etwa ${minutes} Minuten.`,
  });
  return [measure('estimate', task.id, { minutes, reason })];
}

function extend(finding: Finding, request: Request): readonly Measure[] {
  const [target = ''] = finding.projectIds;
  const deadline = couldEnd(finding, request);
  return deadline === null ? [] : [measure('extend_project', target, { deadline, reason: finding.about })];
}

function close(finding: Finding): readonly Measure[] {
  const [target = ''] = finding.projectIds;
  const done = Number(asText(finding.evidence['completedTasks'])) > 0;
  return [measure('close_project', target, { status: done ? 'completed' : 'on_hold', reason: finding.about })];
}

function moveBlocks(finding: Finding): readonly Measure[] {
  const [target = ''] = finding.taskIds;
  return [measure('move_blocks', target, { reason: finding.about })];
}

/** By which rule each kind of finding is answered. */
const rules: Readonly<Record<string, (finding: Finding, request: Request) => readonly Measure[]>> = {
  overdue,
  at_risk: byRoom,
  blocked: urge,
  cancelled_need: unneed,
  overload,
  stale: dropForgotten,
  duplicate: merge,
  priority: raise,
  inversion: raise,
  oversized: splitUp,
  unplanned: guess,
  late_block: moveBlocks,
  project_over: extend,
  empty_project: close,
};

/** What to do about a finding, by rules; nothing where no rule helps. */
export function measuresFor(finding: Finding, request: Request): readonly Measure[] {
  return (rules[finding.kind]?.(finding, request) ?? []).filter((each) => finding.remedies.includes(each.kind));
}
