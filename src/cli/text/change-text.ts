import type { Json, JsonObject } from '../../contract/json.ts';
import type { OperationView } from '../../contract/views.ts';
import { formatTime, shorten } from './format.ts';

const longest = 60;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `start_date` as payloads have it: `startDate`. */
function fieldName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function valueText(value: Json): string {
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) return shorten((value as readonly Json[]).map(valueText).join(', '), longest);
  if (typeof value === 'object') return shorten(JSON.stringify(value), longest);
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)) return formatTime(text);
  // Of an id the beginning is enough to tell it from others.
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text) ? text.slice(0, 8) : shorten(text, longest);
}

const facts = [
  'priority',
  'durationMinutes',
  'startDate',
  'endDate',
  'deadline',
  'recurrencePattern',
  'category',
  'tags',
] as const;
const longFields = ['description', 'executiveSummary', 'context', 'taskSteps', 'content'] as const;
const longestText = 300;

function isSaid(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** `durationMinutes` as columns have it: `duration_minutes`. */
function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What something new will say beside its title: its facts in one line, each text in a line of its own. */
function describeNew(payload: JsonObject): readonly string[] {
  const said = facts.flatMap((field) => {
    const value = payload[field];
    return isSaid(value) ? [`${columnName(field)}: ${valueText(value)}`] : [];
  });
  const long = longFields.flatMap((field) => {
    const value = payload[field];
    if (!isSaid(value)) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [`${columnName(field)}: ${shorten(text, longestText)}`];
  });
  return [...(said.length === 0 ? [] : [said.join(', ')]), ...long];
}

/** What a merge takes in, by title. */
function mergedText(before: JsonObject): readonly string[] {
  const merged = before['merged'];
  if (!Array.isArray(merged)) return [];
  const titles = (merged as readonly Json[]).map((task) => (isObject(task) ? valueText(task['title'] ?? null) : ''));
  return [`merged: ${titles.join(', ')}`];
}

/**
 * `field: before → after` for each field that an operation changes, `field: value` for what it makes; what it takes away
 * has no after.
 */
export function describeChanges({ before, payload, kind }: OperationView): readonly string[] {
  if (kind.startsWith('create_') && isObject(payload)) return describeNew(payload);
  if (!isObject(before) || !isObject(payload)) return [];
  const changes = isObject(payload['changes']) ? payload['changes'] : payload;
  const fields = Object.entries(before).filter(([column]) => column !== 'merged' && column !== 'etag');
  if (kind === 'delete_phase' || kind === 'remove_dependency' || kind === 'cancel_event')
    return fields
      .filter(([, value]) => value !== null)
      .map(([column, value]) => `${column}: ${valueText(value)} → gone`);
  const changed = fields.flatMap(([column, value]) => {
    const after = changes[fieldName(column)];
    const texts = [valueText(value), valueText(after ?? null)];
    return after === undefined || texts[0] === texts[1] ? [] : [`${column}: ${texts.join(' → ')}`];
  });
  return [...changed, ...mergedText(before)];
}
