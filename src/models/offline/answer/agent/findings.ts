import type { Json, JsonObject } from '../../../../contract/json.ts';
import { readJson } from '../../generic/report.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { localDay } from '../../text/dates.ts';
import { storedDay } from '../../text/stored-day.ts';
import type { Reading } from '../answerer.ts';
import type { Goal } from './goal.ts';

export type Task = {
  readonly id: string;
  readonly title: string;
  readonly priority: string;
  /** The person's day, `YYYY-MM-DD`. */
  readonly deadline: string | null;
  /** Whole days since its deadline; null while that is to come. */
  readonly daysLate: number | null;
};
export type Hit = {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly projectId: string | null;
};
/** What an agent by rules has read, understood. */
export type Findings = { readonly tasks: readonly Task[]; readonly hits: readonly Hit[] };

const dayMs = 86_400_000;

function saidBy(readings: readonly Reading[], tool: string): readonly JsonObject[] {
  return readings
    .filter((reading) => reading.tool === tool)
    .flatMap(({ text }) => asList(readJson(text)).map(asObject));
}

function textOrNull(value: Json | undefined): string | null {
  const text = asText(value);
  return text === '' ? null : text;
}

/** A whole day, stored as its first instant in UTC, lasts until the person's day after it. */
function daysLate(deadline: string, { now, timeZone }: Goal): number | null {
  const lateMs = Date.parse(now) - Date.parse(deadline);
  if (Date.parse(deadline) % dayMs !== 0) return lateMs > 0 ? Math.floor(lateMs / dayMs) : null;
  const today = localDay({ now, timeZone }).toString();
  const days = (Date.parse(today) - Date.parse(storedDay(deadline, timeZone))) / dayMs;
  return days > 0 ? days : null;
}

function readTask(row: JsonObject, goal: Goal): Task {
  const deadline = textOrNull(row['deadline']);
  return {
    id: asText(row['id']),
    title: asText(row['title']),
    priority: asText(row['priority']),
    deadline: deadline === null ? null : storedDay(deadline, goal.timeZone),
    daysLate: deadline === null ? null : daysLate(deadline, goal),
  };
}

function readHit(row: JsonObject, whole: ReadonlyMap<string, string>): Hit {
  const id = asText(row['id']);
  return {
    kind: asText(row['kind']),
    id,
    title: asText(row['title']),
    text: whole.get(id) ?? asText(row['excerpt']),
    projectId: textOrNull(row['projectId']),
  };
}

/** Tasks, the latest first, and what was found by words, with the whole text where that was read. */
export function readFindings(goal: Goal, readings: readonly Reading[]): Findings {
  const sources = readings.filter(({ tool }) => tool === 'read_source').map(({ text }) => asObject(readJson(text)));
  const whole = new Map(sources.map((source) => [asText(source['id']), asText(source['text'])]));
  const tasks = saidBy(readings, 'list_tasks').map((row) => readTask(row, goal));
  return {
    tasks: tasks.toSorted((left, right) => (right.daysLate ?? -1) - (left.daysLate ?? -1)),
    hits: saidBy(readings, 'search_records').map((row) => readHit(row, whole)),
  };
}
