import type { Json } from '../../../src/contract/json.ts';
import type { OperationKind } from '../../../src/contract/proposal.ts';
import type { Executed, OperationContext, OperationExecutor, OperationOf } from './executor.ts';

type Doing<Kind extends OperationKind> = { readonly operation: OperationOf<Kind>; readonly before: Json };
type Group<Kind extends OperationKind> = {
  readonly executor: OperationExecutor<Kind>;
  readonly works: Doing<Kind>[];
};

// Far below what one statement may carry as parameters (65,535), at twenty columns a row.
const mostTogether = 500;

function neighbors<Kind extends OperationKind>(
  works: readonly Doing<Kind>[],
  executorOf: (operation: OperationOf<Kind>) => OperationExecutor<Kind>,
): readonly Group<Kind>[] {
  const groups: Group<Kind>[] = [];
  for (const work of works) {
    const executor = executorOf(work.operation);
    const last = groups.at(-1);
    if (last?.executor === executor && last.works.length < mostTogether) last.works.push(work);
    else groups.push({ executor, works: [work] });
  }
  return groups;
}

async function executeGroup<Kind extends OperationKind>(
  context: OperationContext,
  { executor, works }: Group<Kind>,
): Promise<readonly Executed[]> {
  if (executor.executeTogether !== undefined) {
    const operations = works.map((work) => work.operation);
    return await executor.executeTogether(context, operations);
  }
  const executed: Executed[] = [];
  for (const work of works) executed.push(await executor.execute(context, work));
  return executed;
}

/**
 * Does operations in order, neighbors of a kind in one statement where their executor can: most of a plan are a few runs
 * of phases, tasks, dependencies and events. Throws as `executeTogether` does; the caller rolls back.
 */
export async function executeInOrder<Kind extends OperationKind>(
  context: OperationContext,
  works: readonly Doing<Kind>[],
  executorOf: (operation: OperationOf<Kind>) => OperationExecutor<Kind>,
): Promise<readonly Executed[]> {
  const executed: Executed[] = [];
  for (const group of neighbors(works, executorOf)) executed.push(...(await executeGroup(context, group)));
  return executed;
}
