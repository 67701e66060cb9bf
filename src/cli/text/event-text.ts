import type { JsonObject } from '../../contract/json.ts';
import type { EventView } from '../../contract/views.ts';
import { formatTime, formatUsd } from './format.ts';
import { bold, dim, paint } from './output.ts';

function textAt(data: JsonObject, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

function objectAt(data: JsonObject, key: string): JsonObject {
  const value = data[key];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // JSON that is neither null nor a list is an object; the type can't say so by itself.
  return isObject ? (value as JsonObject) : {};
}

function stepLine(data: JsonObject): string {
  const step = objectAt(data, 'step');
  const cost = objectAt(data, 'cost');
  const model = textAt(cost, 'model');
  const usd = cost['usd'];
  const price = model === '' ? '' : ` ${dim(formatUsd(typeof usd === 'number' ? usd : null))}`;
  const cached = cost['cached'] === true ? dim(' cached') : '';
  const error = textAt(data, 'error') === '' ? '' : `: ${textAt(data, 'error')}`;
  const number = JSON.stringify(step['number'] ?? null).padStart(3);
  return `${number}  ${paint(textAt(data, 'status'))}  ${textAt(step, 'title')}${model === '' ? '' : dim(` ${model}`)}${price}${cached}${error}`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function statusLine(data: JsonObject): string | null {
  const status = textAt(data, 'status');
  if (status === 'running') return null;
  const on = textAt(objectAt(data, 'waitingOn'), 'kind');
  return joined(`     ${paint(status)}`, on === '' || status !== 'waiting' ? '' : `on ${on}`, textAt(data, 'reason'));
}

function closedLine(data: JsonObject): string {
  const status = textAt(data, 'status');
  return dim(joined('    ', status, status === 'answered' ? '' : `by ${textAt(data, 'by')}`, textAt(data, 'comment')));
}

/** One line for what people want to see happen; null for the rest. */
export function describeEvent({ type, data }: EventView): string | null {
  switch (type) {
    case 'run.phase':
      return bold(`— ${textAt(data, 'phase')}`);
    case 'step.finished':
      return stepLine(data);
    case 'run.status':
      return statusLine(data);
    case 'request.closed':
      return closedLine(data);
    case 'request.reminded': {
      const deadline = textAt(data, 'deadline');
      return joined('     still waiting for you', deadline === '' ? '' : `until ${formatTime(deadline)}`);
    }
    case 'budget.changed':
    case 'message.ignored':
      return dim(joined('    ', textAt(data, 'reason')));
    case 'run.retrying': {
      const attempt = JSON.stringify(data['attempt'] ?? null);
      const most = JSON.stringify(data['maxAttempts'] ?? null);
      return joined(`     attempt ${attempt} of ${most} at ${formatTime(textAt(data, 'at'))}`);
    }
    case 'operations.progress': {
      const done = JSON.stringify(data['done'] ?? null);
      return dim(`     ${done} operations ${textAt(data, 'doing') === 'undo' ? 'taken back' : 'applied'} so far`);
    }
    case 'log':
      return dim(joined('    ', textAt(data, 'text')));
    case 'run.finished':
      return joined(`     ${paint(textAt(data, 'status'))}`, textAt(data, 'errorMessage'));
    default:
      return null;
  }
}

/** USD that the event adds to what the run has cost. */
export function costOf({ type, data }: EventView): number {
  const usd = type === 'step.finished' ? objectAt(data, 'cost')['usd'] : 0;
  return typeof usd === 'number' ? usd : 0;
}

/** Id of the request that the event opens or closes; null for other events. */
export function requestOf({ type, data }: EventView): string | null {
  if (type === 'request.opened') return textAt(objectAt(data, 'request'), 'requestId');
  return type === 'request.closed' ? textAt(data, 'requestId') : null;
}
