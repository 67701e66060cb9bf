import { StewardError } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { Operation, OperationKind } from '../../../src/contract/proposal.ts';
import type { Tx } from '../../support/transaction.ts';

export type OperationContext = { readonly tx: Tx; readonly userId: string; readonly runId: string };
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;

/** What an operation left behind: for people (`result`), and what is needed to take it back (`undo`). */
export type Executed = { readonly result: JsonObject; readonly undo: JsonObject };

/** Undone, or kept as it is with the reason. */
export type UndoOutcome = { readonly undone: true } | { readonly undone: false; readonly reason: string };

export interface OperationExecutor<Kind extends OperationKind> {
  /** The fields it will change, as they are now; null when it changes nothing that exists. */
  before(context: OperationContext, operation: OperationOf<Kind>): Promise<JsonObject | null>;
  /** Throws `not_found` or `conflict` when it can't be done; the caller rolls back to before it. */
  execute(
    context: OperationContext,
    work: { readonly operation: OperationOf<Kind>; readonly before: Json },
  ): Promise<Executed>;
  /**
   * Does several in one statement, with an outcome for each in their order. Throws also where one of them was there
   * already; the caller then rolls back to before all of them and does each by itself.
   */
  executeTogether?(context: OperationContext, operations: readonly OperationOf<Kind>[]): Promise<readonly Executed[]>;
  /** Takes it back, unless its target was changed since. `undo` is what `execute` returned. */
  undo(
    context: OperationContext,
    work: { readonly operation: OperationOf<Kind>; readonly undo: Json },
  ): Promise<UndoOutcome>;
}

export const undone: UndoOutcome = { undone: true };

export function kept(reason: string): UndoOutcome {
  return { undone: false, reason };
}

/** The outcome of one operation that was done as several are. */
export function onlyOne(executed: readonly Executed[]): Executed {
  const [one] = executed;
  if (one === undefined) throw new StewardError('internal', 'An operation left no outcome.');
  return one;
}

/** For operations that only create. */
export async function nothingBefore(): Promise<null> {
  return await Promise.resolve(null);
}
