import type { RecordOperation } from '../../../../src/contract/proposal.ts';
import type { Json } from '../../../../src/contract/json.ts';
import { executeOperation } from '../../../records/operations/registry.ts';
import type { ToolContext } from '../../tool.ts';

type Change = RecordOperation extends infer One
  ? One extends RecordOperation
    ? Pick<One, 'kind' | 'payload'>
    : never
  : never;

/** Makes a change by the rules of a proposal's operation: whose record it is, what may follow what, no cycles. */
export async function asOperation({ tx, userId, runId, key }: ToolContext, change: Change): Promise<Json> {
  // Pairs of kind and payload, of which this is one whole operation.
  const operation = { id: key, title: '', reason: '', requires: [], ...change } as RecordOperation;
  const { result } = await executeOperation({ tx, userId, runId }, operation, null);
  return result;
}
