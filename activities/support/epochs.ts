import type { Json } from '../../src/contract/json.ts';
import type { EpochMark } from './effect-key.ts';

function isMark(value: Json): value is EpochMark {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'fromStep' in value &&
    typeof value['fromStep'] === 'number' &&
    'epoch' in value &&
    typeof value['epoch'] === 'number'
  );
}

/** The epochs of a run as its row keeps them: `[{fromStep, epoch}]`. */
export function readEpochs(column: Json): readonly EpochMark[] {
  return Array.isArray(column) ? column.filter(isMark) : [];
}
