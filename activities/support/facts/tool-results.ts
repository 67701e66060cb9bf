import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ToolResultFacts } from '../../../src/contract/facts/source-facts.ts';
import type { FactScope } from './scope.ts';

/** What tools answered to the run's agents; what a failed call said is no answer. */
export async function toolResultFacts({ tx, runId }: FactScope): Promise<readonly ToolResultFacts[]> {
  const calls = await tx
    .selectFrom('agentic_workflow_steps')
    .select(['slot', 'name'])
    .where('workflow_id', '=', runId)
    .where('step_type', '=', 'tool')
    .where('status', '=', 'completed')
    .execute();
  const tools = new Map(calls.map(({ slot, name }) => [slot, name]));
  const rows = await tx
    .selectFrom('transcripts')
    .select('path')
    .select(sql<string>`message->>'toolCallId'`.as('call_id'))
    .select(sql<string>`message->>'content'`.as('content'))
    .where('run_id', '=', runId)
    .where(sql<boolean>`message->>'role' = 'tool'`)
    .orderBy('path')
    .orderBy('position')
    .execute();
  return rows.flatMap(({ path: loop, call_id: callId, content }) => {
    const tool = tools.get(`${loop}.${callId}`);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return tool === undefined ? [] : [{ loop, callId, tool, content, sha256 }];
  });
}
