import { effortOf, findDurations } from '../text/durations.ts';
import { isMarkedDone, leadingNumber, oneLine, plain } from '../text/clean.ts';
import type { Content } from './sections.ts';
import { entry } from '../outline/outline.ts';
import type { Entry } from '../outline/outline.ts';

type Table = Extract<Content, { readonly kind: 'table' }>;
type Column = 'task' | 'effort' | 'deadline' | 'start' | 'depends' | 'phase' | 'status' | 'number' | 'other';

const columns: readonly (readonly [Column, RegExp])[] = [
  ['number', /^(?:#|no\.?|nr\.?|id)$/iu],
  [
    'task',
    /^(?:tasks?|aufgaben?|to-?do|activity|activities|actions?|work ?packages?|step|item|work|tätigkeit|was|schritt|maßnahme|arbeitspaket|what|job)$/iu,
  ],
  [
    'effort',
    /\b(?:days?|hours?|duration|effort|estimate|time|dauer|tage|stunden|aufwand|minutes|minuten|weeks?|wochen|zeit|h|min)\b/iu,
  ],
  ['deadline', /\b(?:due|deadline|by|until|end|finish|date|bis|termin|fällig|frist|datum|ende)\b/iu],
  ['start', /\b(?:start|from|begin|ab|beginn)\b/iu],
  ['depends', /\b(?:depends?|after|requires?|predecessors?|blocked|abhängig|nach|voraussetzung|vorgänger)\b/iu],
  ['phase', /\b(?:phase|stage|milestone|group|area|etappe|bereich|meilenstein)\b/iu],
  ['status', /\b(?:status|state|stand)\b/iu],
];

function kindOf(header: string): Column {
  const text = plain(header);
  return columns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

/** A bare number in a column "Days" is that many days. */
function effortText(cell: string, header: string): string {
  if (findDurations(cell).length > 0 || effortOf(cell) !== null) return `(${cell})`;
  const unit = /\b(days?|hours?|weeks?|minutes?|tage|stunden|wochen|minuten|h|min)\b/iu.exec(header)?.[1];
  return /^\d+([.,]\d+)?\s*(?:[-–]\s*\d+)?$/u.test(cell.trim()) && unit !== undefined ? `(${cell.trim()} ${unit})` : '';
}

/** Rows of a table that has a column of tasks, with the phase each names; null when the table is about something else. */
export function tableEntries(table: Table): readonly { readonly phase: string | null; readonly entry: Entry }[] | null {
  const kinds = table.header.map(kindOf);
  const task = kinds.indexOf('task');
  if (task < 0 || !kinds.some((kind) => kind !== 'task' && kind !== 'other')) return null;
  return table.rows.flatMap((row) => {
    const cell = (kind: Column): string => {
      const at = kinds.indexOf(kind);
      return at < 0 ? '' : oneLine(row[at] ?? '');
    };
    const title = oneLine(row[task] ?? '');
    if (
      title === '' ||
      isMarkedDone(title) ||
      /^(?:done|completed?|finished|erledigt|fertig|✅)/iu.test(cell('status'))
    )
      return [];
    const effortAt = kinds.indexOf('effort');
    const effort = effortAt < 0 ? '' : effortText(row[effortAt] ?? '', table.header[effortAt] ?? '');
    const deadline = cell('deadline') === '' ? '' : `by ${cell('deadline')}`;
    const start = cell('start') === '' ? '' : `start ${cell('start')}`;
    const depends = cell('depends').replace(/^[-–—]$|^(?:none|keine?)$/iu, '');
    const others = row
      .filter((text, at) => kinds[at] === 'other' && oneLine(text) !== '')
      .map((text, at) => `${table.header.filter((_, index) => kinds[index] === 'other')[at] ?? ''}: ${oneLine(text)}`);
    const read = entry([title, effort].filter((part) => part !== '').join(' '), {
      notes: [deadline, start, ...others].filter((note) => note !== ''),
      number: leadingNumber(`${cell('number')}. x`),
      after: depends === '' ? [] : depends.split(/\s*[,;]\s*/u),
    });
    return [{ phase: cell('phase') === '' ? null : cell('phase'), entry: read }];
  });
}
