import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { StartRun } from '../../src/api/runs-api.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { MessageName } from '../../src/contract/messages.ts';
import type { RequestKind } from '../../src/contract/request.ts';
import { isFinished } from '../../src/contract/run.ts';
import type { RequestView, RunDetail } from '../../src/contract/views.ts';
import type { TestSteward } from './steward.ts';

const pollMs = 50;
/** Generous: a slow machine must not fail a test that says nothing about time. */
const patienceMs = 45_000;

/** Asks again until the answer is not null. Fails with `what` and the last error when that never comes. */
export async function until<T>(what: string, read: () => Promise<T | null>, patientMs = patienceMs): Promise<T> {
  const endMs = Date.now() + patientMs;
  let last: unknown = null;
  while (Date.now() < endMs) {
    try {
      const found = await read();
      if (found !== null) return found;
      last = null;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`It never happened: ${what}`, { cause: last });
}

let texts = 0;

/** A text with phases, tasks, durations and an order. Never the same twice: equal prompts are answered from the cache. */
export function roadmap(): string {
  texts += 1;
  const name = `Reading room ${texts}-${Date.now().toString(36)}`;
  return `# ${name}

## Phase 1: Prepare
- Measure the room (1 hour)
- Draw the floor plan (3 hours)

## Phase 2: Build
- Build the shelves (8 hours)
- Paint the walls (4 hours)

## Phase 3: Open
- Invite the neighbours (2 hours)
`;
}

export type Start = Partial<Omit<StartRun, 'input'>> & { readonly input?: JsonObject };

/** Starts a planning run on a fresh text, unless told otherwise. */
export async function startRun(steward: TestSteward, start: Start = {}): Promise<string> {
  const { run } = await steward.api.startRun({
    type: 'project_planning',
    ...start,
    input: start.input ?? { userPrompt: roadmap() },
  });
  return run.id;
}

export function handleOf(steward: TestSteward, runId: string): WorkflowHandle {
  return steward.client.workflow.getHandle(`run-${runId}`);
}

/** The run's open request of a kind, once it is there. A run that ended instead fails the test with its error. */
export async function untilAsked(steward: TestSteward, runId: string, kind: RequestKind): Promise<RequestView> {
  return await until(`run ${runId} asks for ${kind}`, async () => {
    const run = await steward.api.getRun({ runId });
    const request = run.requests.find((each) => each.kind === kind && each.status === 'open');
    if (request !== undefined && run.waitingOn?.id === request.id) return request;
    if (isFinished(run.status)) throw new Ended(run);
    return null;
  });
}

class Ended extends Error {
  constructor(run: RunDetail) {
    super(`The run is ${run.status}: ${JSON.stringify(run.error)}`);
  }
}

export async function untilStatus(
  steward: TestSteward,
  runId: string,
  status: RunDetail['status'],
): Promise<RunDetail> {
  return await until(`run ${runId} is ${status}`, async () => {
    const run = await steward.api.getRun({ runId });
    if (run.status === status) return run;
    if (isFinished(run.status)) throw new Ended(run);
    return null;
  });
}

/** The run's rows after its workflow has ended, whichever way. */
export async function untilEnded(steward: TestSteward, runId: string): Promise<RunDetail> {
  try {
    await handleOf(steward, runId).result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
  }
  return await steward.api.getRun({ runId });
}

export async function approve(steward: TestSteward, runId: string): Promise<RequestView> {
  const request = await untilAsked(steward, runId, 'approval');
  await steward.api.decideRequest({ requestId: request.id, decision: 'approve' });
  return request;
}

/** One message by its name: `{ pause: { reason: 'lunch' } }`. The payload may be nonsense. */
export type Message = { readonly [Name in MessageName]?: Json };

function partsOf(message: Message): { readonly name: string; readonly payload: Json } {
  const [[name, payload] = ['', null]] = Object.entries(message);
  return { name, payload: payload ?? null };
}

/** Sends an update straight to the workflow, past the API's own checks: its receipt, or the code it was refused with. */
export async function update(steward: TestSteward, runId: string, message: Message): Promise<Json> {
  const { name, payload } = partsOf(message);
  try {
    return await handleOf(steward, runId).executeUpdate<Json, [Json]>(name, { args: [payload] });
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) throw error;
    return { refused: error.cause.type ?? '' };
  }
}

export async function signal(steward: TestSteward, runId: string, message: Message): Promise<void> {
  const { name, payload } = partsOf(message);
  await handleOf(steward, runId).signal<[Json]>(name, payload);
}

/** Types of the run's events, oldest first. */
export async function eventTypes(steward: TestSteward, runId: string): Promise<readonly string[]> {
  const events = await steward.api.listEvents({ runId, limit: 500 });
  return events.map((event) => event.type);
}
