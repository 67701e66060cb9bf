import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { SentUpdate } from '../../../dispatcher/deliver.ts';
import { firstStep, resetPoint } from './reset-point.ts';
import type { HistoryEvent } from './reset-point.ts';

type Execution = {
  readonly temporalRunId: string;
  readonly previous: string | null;
  readonly raw: readonly RawEvent[];
  readonly events: readonly HistoryEvent[];
};
type RawEvent = proto.temporal.api.history.v1.IHistoryEvent;

const { EventType } = proto.temporal.api.enums.v1;

function finishedId(event: RawEvent): number | null {
  const attributes =
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes;
  return attributes?.scheduledEventId === undefined || attributes.scheduledEventId === null
    ? null
    : Number(attributes.scheduledEventId);
}

/** An event of the history as the reset point sees it. */
function toHistoryEvent(event: RawEvent): HistoryEvent {
  const id = Number(event.eventId);
  if (event.eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) return { id, kind: 'task_completed' };
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled !== undefined && scheduled !== null) {
    return {
      id,
      kind: 'activity_scheduled',
      activityId: scheduled.activityId ?? '',
      scheduledByTask: Number(scheduled.workflowTaskCompletedEventId),
    };
  }
  const scheduledId = finishedId(event);
  return scheduledId === null ? { id, kind: 'other' } : { id, kind: 'activity_finished', scheduledId };
}

async function readExecution(client: Client, workflowId: string, runId: string | undefined): Promise<Execution> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const history = await handle.fetchHistory();
  const raw = history.events ?? [];
  const temporalRunId = runId ?? (await handle.describe()).runId;
  const previous = raw[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  return { temporalRunId, previous: previous === '' ? null : previous, raw, events: raw.map(toHistoryEvent) };
}

/** `updates` are what the task at `eventId` had taken: a reset keeps signals that came before it, but drops these. */
export type ResetTarget = {
  readonly temporalRunId: string;
  readonly eventId: number;
  readonly updates: readonly Omit<SentUpdate, 'workflowId'>[];
};

/** The updates that the workflow task completed by event `eventId` accepted. */
function updatesOf(raw: readonly RawEvent[], eventId: number): ResetTarget['updates'] {
  const later = raw.filter((event) => Number(event.eventId) > eventId);
  const next = later.findIndex((event) => event.eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED);
  return (next < 0 ? later : later.slice(0, next)).flatMap((event) => {
    const request = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
    if (request?.input === undefined || request.input === null) return [];
    const input = Buffer.from(proto.temporal.api.update.v1.Input.encode(request.input).finish()).toString('base64');
    return [{ updateId: request.meta?.updateId ?? '', input }];
  });
}

/** Where to reset a run to, looked for from its latest execution back through those it continued from; null when nowhere. */
export async function findResetTarget(
  client: Client,
  workflowId: string,
  fromStep: number,
): Promise<ResetTarget | null> {
  let execution = await readExecution(client, workflowId, undefined);
  for (;;) {
    const first = firstStep(execution.events);
    if (execution.previous === null || (first !== null && first <= fromStep)) break;
    execution = await readExecution(client, workflowId, execution.previous);
  }
  const eventId = resetPoint(execution.events, fromStep);
  if (eventId === null) return null;
  return { temporalRunId: execution.temporalRunId, eventId, updates: updatesOf(execution.raw, eventId) };
}
