import type { Json, JsonObject } from '../../../../contract/json.ts';
import { readJson } from '../../generic/report.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import type { Reading } from '../answerer.ts';
import type { Goal } from './goal.ts';

export type Task = {
  readonly id: string;
  readonly title: string;
  readonly priority: string;
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

function readTask(row: JsonObject, now: string): Task {
  const deadline = textOrNull(row['deadline']);
  const lateMs = deadline === null ? -1 : Date.parse(now) - Date.parse(deadline);
  return {
    id: asText(row['id']),
    title: asText(row['title']),
    priority: asText(row['priority']),
    deadline,
    daysLate: lateMs > 0 ? Math.floor(lateMs / dayMs) : null,
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
export function readFindings({ now }: Goal, readings: readonly Reading[]): Findings {
  const sources = readings.filter(({ tool }) => tool === 'read_source').map(({ text }) => asObject(readJson(text)));
  const whole = new Map(sources.map((source) => [asText(source['id']), asText(source['text'])]));
  const tasks = saidBy(readings, 'list_tasks').map((row) => readTask(row, now));
  return {
    tasks: tasks.toSorted((left, right) => (right.daysLate ?? -1) - (left.daysLate ?? -1)),
    hits: saidBy(readings, 'search_records').map((row) => readHit(row, whole)),
  };
}
