import type { FactSheet } from '../../src/contract/facts.ts';
import { strategies } from './contract.ts';
import type { Strategy } from './contract.ts';

/** What a strategy asks of the phases, in words for the model. */
export const strategyText: Readonly<Record<Strategy, string>> = {
  sequential:
    'Phases follow each other: each begins when the one before is done. Order them by what has to be there first.',
  by_topic:
    'One phase for each topic or kind of work, which may go on side by side. Name a phase after its topic; put what fits nowhere into the last one.',
  by_deadline:
    'One phase for each stretch of time in which work is due, earliest first; work without a date comes last.',
};

export function strategyOf({ options }: FactSheet): Strategy {
  return strategies.find((name) => name === options['strategy']) ?? 'sequential';
}
