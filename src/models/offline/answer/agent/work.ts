import type { JsonObject } from '../../../../contract/json.ts';
import { readingParts, wishedNotes, wishedTasks } from '../../generic/report.ts';
import { shortened } from '../../text/clean.ts';
import type { Reading, TaughtAgent } from '../answerer.ts';
import { readFindings } from './findings.ts';
import type { Findings } from './findings.ts';
import { readGoal } from './goal.ts';
import type { Goal } from './goal.ts';
import { findingParts, highlightsOf } from './report.ts';

const mostTexts = 3;
const textChars = 4_000;
const mostNotedChars = 8_000;
const daysAhead = 7;
const dayMs = 86_400_000;
const readable = new Set(['note', 'file', 'brain_dump']);
// What the report says in its own words, or what only reads for it.
const understood = new Set(['search_records', 'list_tasks', 'read_source', 'create_note']);

const urgent = {
  en: 'Its deadline is past: by rule, overdue work comes first. Another deadline is yours to set.',
  de: 'Die Frist ist vorbei: nach der Regel kommt Überfälliges zuerst. Eine neue Frist setzt du selbst.',
};
const noted = { en: 'The goal asks to note what was found.', de: 'Das Ziel verlangt, Gefundenes festzuhalten.' };

/** The project that the goal names, where its words found one. */
function projectOf({ hits }: Findings): string | null {
  return hits.find(({ kind }) => kind === 'project')?.id ?? null;
}

function wantedNote(goal: Goal, found: Findings): JsonObject | null {
  const [named] = wishedNotes(goal.text);
  if (named !== undefined) return { title: named['title'] ?? '', content: named['content'] ?? '' };
  if (!goal.wants.note) return null;
  const content = findingParts(goal, found).join('\n\n');
  return { title: shortened(goal.text, 80), content: shortened(content, mostNotedChars) };
}

function lookups({ topic, now, wants }: Goal, project: string | null): ReturnType<TaughtAgent['reads']> {
  const to = new Date(Date.parse(now) + daysAhead * dayMs).toISOString();
  const all = [
    { wanted: topic !== '', name: 'search_records', arguments: { query: topic, limit: 8 } },
    {
      wanted: true,
      name: 'list_tasks',
      arguments: project === null ? { limit: 100 } : { projectId: project, limit: 100 },
    },
    { wanted: wants.projects, name: 'list_projects', arguments: { limit: 50 } },
    { wanted: wants.calendar, name: 'get_calendar', arguments: { from: now, to } },
    { wanted: wants.freeTime, name: 'free_time', arguments: { days: daysAhead } },
  ];
  return all.filter(({ wanted }) => wanted).map(({ name, arguments: given }) => ({ name, arguments: given }));
}

function texts({ hits }: Findings): ReturnType<TaughtAgent['reads']> {
  return hits
    .filter(({ kind }) => readable.has(kind))
    .slice(0, mostTexts)
    .map(({ kind, id }) => ({ name: 'read_source', arguments: { kind, id, offset: 0, limit: textChars } }));
}

function taskChanges({ wants, language }: Goal, { tasks }: Findings): readonly JsonObject[] {
  if (!wants.overdue) return [];
  return tasks
    .filter(({ daysLate, priority }) => daysLate !== null && (priority === 'low' || priority === 'medium'))
    .map(({ id }) => ({ taskId: id, status: null, priority: 'high', deadline: null, reason: urgent[language] }));
}

function notes(goal: Goal, found: Findings, readings: readonly Reading[]): readonly JsonObject[] {
  const note = wantedNote(goal, found);
  // Kept by a call already, or turned down by the person.
  if (note === null || readings.some(({ tool }) => tool === 'create_note')) return [];
  return [{ ...note, projectId: projectOf(found), reason: noted[goal.language] }];
}

/** Looks up what the goal is about, reads the best of it, and says what it found; a note or a change only where it is asked for. */
export const work: TaughtAgent = {
  reads: (sections, readings) => {
    const goal = readGoal(sections);
    const found = readFindings(goal, readings);
    const project = projectOf(found);
    const note = wantedNote(goal, found);
    const given = { ...note, ...(project === null ? {} : { projectId: project }) };
    const kept = note === null ? [] : [{ name: 'create_note', arguments: given }];
    return [...lookups(goal, project), ...texts(found), ...kept];
  },
  finish: (sections, readings) => {
    const goal = readGoal(sections);
    const found = readFindings(goal, readings);
    const [who = '', ...rest] = readingParts(
      goal.text,
      readings.filter(({ tool }) => !understood.has(tool)),
    );
    return {
      report: [who, ...findingParts(goal, found), ...rest].join('\n\n'),
      highlights: highlightsOf(goal, found),
      newTasks: wishedTasks(goal.text),
      newNotes: notes(goal, found, readings),
      taskChanges: taskChanges(goal, found),
    };
  },
};
