import type { Shortage } from '../../../src/contract/budget.ts';
import type { Question } from '../../../src/contract/request.ts';
import type { RunContext } from '../state/context.ts';
import type { RequestSpec } from './request.ts';

// A raise that is certain to let the next call through and leaves room for as many again.
function suggestedAmount(shortage: Shortage): number {
  const least = shortage.committed + shortage.requested;
  const doubled = Math.max(least, shortage.allowed * 2);
  return shortage.limit === 'maxCostUsd' ? Math.ceil(doubled * 10_000) / 10_000 : Math.ceil(doubled);
}

/** The question at the hard line: raise, narrow or stop. */
export function budgetRequest(context: RunContext, shortage: Shortage): RequestSpec {
  const unit = shortage.limit === 'maxCostUsd' ? 'USD' : shortage.limit === 'maxTokens' ? 'tokens' : 'steps';
  // Narrowing can't create steps or tokens, and once is all it can do.
  const narrow = shortage.limit === 'maxCostUsd' && !context.state.ledger.narrowed;
  const questions: readonly Question[] = [
    {
      key: 'action',
      question: `Raise the budget, ${narrow ? 'narrow the rest to what is left, ' : ''}or stop here?`,
      why: 'The next step would pass the hard line of the budget.',
      kind: 'choice',
      options: narrow ? ['raise', 'narrow', 'stop'] : ['raise', 'stop'],
      default: null,
    },
    {
      key: 'amount',
      question: `New ${shortage.limit} in ${unit}, when raised`,
      why: `Committed so far: ${shortage.committed}; the next step may need ${shortage.requested}.`,
      kind: 'number',
      options: [],
      default: suggestedAmount(shortage),
    },
  ];
  const { timing } = context.state.admitted;
  return {
    stepKey: 'budget',
    kind: 'budget',
    title: `The budget is used up (${shortage.limit} ${shortage.allowed} ${unit})`,
    body: `Committed: ${shortage.committed} ${unit}. The next step needs up to ${shortage.requested} more. What is finished stays.`,
    questions,
    timing: { ...timing, onDeadline: 'fail' },
  };
}
