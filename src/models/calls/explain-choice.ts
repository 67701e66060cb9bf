import type { Call } from './call.ts';
import type { Bound } from './order.ts';

type Chosen = {
  /** Everyone the attempt could go to, in order; those of them that can be asked now; the one that is. */
  readonly all: readonly Bound[];
  readonly open: readonly Bound[];
  readonly bound: Bound;
};

/** Why this attempt goes to this model, in words for the decision history. */
export function explainChoice(call: Call, { all, open, bound }: Chosen): string {
  const last = call.lastBad?.model.id;
  if (last === bound.model.id && call.next === 'same') return 'asked again, shown what was wrong with its answer';
  if (last !== undefined && call.next !== 'choice') return `${last} gave no answer that can be used`;
  const [preferred] = all;
  const [askable] = open;
  if (preferred === undefined || preferred.model.id === bound.model.id) return bound.reason;
  if (askable === undefined || askable.model.id === bound.model.id)
    return `${preferred.model.id} can't be asked at the moment`;
  return `${askable.model.id} does not fit into what the budget grants`;
}
