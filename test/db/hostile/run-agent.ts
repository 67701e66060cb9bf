import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { createModelActivities } from '../../../activities/model/model.ts';
import type { AgentTurnResult, ToolCallOutline } from '../../../activities/model/api.ts';
import { createRecordsActivities } from '../../../activities/records/records.ts';
import { createToolActivities } from '../../../activities/tools/tools.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { noCost } from '../../../src/contract/step.ts';
import { step } from '../activities/harness.ts';

const mostTurns = 12;

/** The activities as Temporal calls them. */
export function activitiesOf(deps: ActivityDeps) {
  const environment = new MockActivityEnvironment({ attempt: 1 }, { logger: new DefaultLogger('ERROR') });
  const [models, tools, records] = [
    createModelActivities(deps),
    createToolActivities(deps),
    createRecordsActivities(deps),
  ];
  const within = async <T>(work: () => Promise<T>): Promise<T> => await environment.run(work);
  return { models, tools, records, within };
}

export type Looped = {
  readonly run: RunRef;
  readonly reason: 'finished' | 'open';
  readonly asked: readonly ToolCallOutline[];
};

/** A run of the type agent by its activities alone: the person consents to nothing. */
export async function runAgent(deps: ActivityDeps, start: { input: JsonObject; userId: string }): Promise<Looped> {
  const { models, tools, records, within } = activitiesOf(deps);
  const runId = randomUUID();
  const { run } = await within(
    async () =>
      await records.admit({
        type: 'agent',
        workflowId: `run-${runId}`,
        temporalRunId: randomUUID(),
        fallbackRunId: randomUUID(),
        argument: { input: start.input, userId: start.userId },
      }),
  );
  const granted = start.input['tools'] as readonly string[];
  const loop = 'work-1';
  const asked: ToolCallOutline[] = [];
  let number = 0;
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    number += 1;
    const at = step(number, {
      type: 'agent',
      name: 'work',
      path: `agent:work/${loop}.${turn}`,
      slot: `${loop}.${turn}`,
    });
    const params = { run, step: at, loop, agent: 'work', params: {}, tools: granted, turn, maxOutputTokens: null };
    const grant = { usd: 1_000, tokens: 10_000_000 };
    const rest = { grant, preferCheaper: false, leftUsd: null, settled: noCost, invocation: 0, changes: [] };
    const taken: AgentTurnResult = await within(async () => await models.takeAgentTurn({ ...params, ...rest }));
    if (taken.kind === 'finish') return { run, reason: 'finished', asked };
    for (const call of taken.kind === 'act' ? taken.calls : []) {
      number += 1;
      asked.push(call);
      const verdict = call.refusal !== null ? 'refused' : call.policy === 'auto' ? 'run' : 'denied';
      const slot = `${loop}.${call.callId}`;
      const ref = step(number, { type: 'tool', name: call.tool, path: `tool:${call.tool}/${slot}`, slot });
      await within(
        async () => await tools.useTool({ run, step: ref, loop, callId: call.callId, granted, verdict, changes: [] }),
      );
    }
  }
  return { run, reason: 'open', asked };
}
