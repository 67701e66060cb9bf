import { StewardError } from '../../../src/contract/errors.ts';
import type { ProposalDraft } from '../../../src/contract/proposal.ts';
import { readOperation } from '../operations/schema.ts';

/** Throws `internal` for a draft that could never be applied: an id twice, a requirement that comes later or not at all. */
export function checkDraft(draft: ProposalDraft): void {
  const earlier = new Set<string>();
  for (const operation of draft.operations) {
    readOperation(operation);
    if (earlier.has(operation.id)) throw new StewardError('internal', `The draft has two operations ${operation.id}.`);
    const missing = operation.requires.find((id) => !earlier.has(id));
    if (missing !== undefined)
      throw new StewardError(
        'internal',
        `Operation ${operation.id} requires ${missing}, which does not come before it.`,
      );
    earlier.add(operation.id);
  }
}

/** How many operations of each kind. */
export function countKinds(operations: readonly { readonly kind: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of operations) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
