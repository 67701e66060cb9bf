import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Part } from '../report.ts';
import { workflowIdOf } from '../support/drive.ts';
import { openWorld } from '../support/world.ts';

type Chain = {
  readonly executions: number;
  readonly events: number;
  readonly bytes: number;
  readonly longest: number;
  /** Bytes of the largest input or result of an activity. */
  readonly payload: number;
  /** Bytes of what the last execution was handed: the whole state of the run. */
  readonly state: number;
};

type Payloads = { readonly payloads?: readonly { readonly data?: Uint8Array | null }[] | null } | null | undefined;

function sizeOf(payloads: Payloads): number {
  return (payloads?.payloads ?? []).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
}

/** All executions of a run that continued as new. */
async function readChain(client: Client, workflowId: string): Promise<Chain> {
  const first = (await client.workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo?.firstRunId ?? '';
  let chain: Chain = { executions: 0, events: 0, bytes: 0, longest: 0, payload: 0, state: 0 };
  for (let runId: string = first; runId !== '';) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const events = (await handle.fetchHistory()).events ?? [];
    const { historySize: bytes = 0 } = await handle.describe();
    const payloads = events.flatMap((event) => [
      sizeOf(event.activityTaskScheduledEventAttributes?.input),
      sizeOf(event.activityTaskCompletedEventAttributes?.result),
    ]);
    chain = {
      executions: chain.executions + 1,
      events: chain.events + events.length,
      bytes: chain.bytes + bytes,
      longest: Math.max(chain.longest, bytes),
      payload: Math.max(chain.payload, ...payloads),
      state: sizeOf(events[0]?.workflowExecutionStartedEventAttributes?.input),
    };
    runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? '';
  }
  return chain;
}

/** One run of an agent whose model is called so many times, a tool call each. */
export async function measureAgent(turns: number): Promise<Part> {
  const world = await openWorld({ side: 'steward', delayMs: 0, turns });
  try {
    const [userId] = await world.worker.ask<readonly string[]>('users', { count: 1 });
    const workflowId = workflowIdOf(randomUUID());
    const startedMs = performance.now();
    const handle = await world.client.workflow.start('agent', {
      workflowId,
      taskQueue: 'steward-runs',
      args: [
        {
          userId,
          input: { userPrompt: 'Look at the free time of every day to come.' },
          options: { maxTurns: turns, maxSteps: 10_000 },
          budget: { maxTokens: null },
        },
      ],
    });
    await handle.result();
    const wallMs = performance.now() - startedMs;
    const chain = await readChain(world.client, workflowId);
    const kib = (bytes: number): number => bytes / 1024;
    return {
      title: `An agent of ${turns} model calls, a tool call each (${world.database})`,
      figures: [
        {
          name: 'history per call',
          value: chain.bytes / turns,
          unit: 'B',
          target: null,
          means: 'bytes of all histories of the run ÷ model calls',
        },
        {
          name: 'history',
          value: kib(chain.bytes),
          unit: 'KiB',
          target: null,
          means: `of the run in all, ${chain.events} events in ${chain.executions} executions`,
        },
        {
          name: 'longest history',
          value: kib(chain.longest),
          unit: 'KiB',
          target: 8_192,
          means: 'of one execution; the server asks for a new one at 4 MiB',
        },
        {
          name: 'continuations',
          value: chain.executions - 1,
          unit: '',
          target: null,
          means: 'how often the run continued as new',
        },
        {
          name: 'largest payload',
          value: kib(chain.payload),
          unit: 'KiB',
          target: 256,
          means: 'input or result of an activity',
        },
        {
          name: 'state',
          value: kib(chain.state),
          unit: 'KiB',
          target: 256,
          means: 'what the last execution was handed',
        },
        {
          name: 'time per call',
          value: wallMs / turns,
          unit: 'ms',
          target: null,
          means: `model call and tool call together; ${(wallMs / 1000).toFixed(0)} s in all`,
        },
      ],
      notes: turns >= 1_000 ? [] : ['For the figures of a thousand calls: --only agent --turns 1000.'],
    };
  } finally {
    await world.close();
  }
}
