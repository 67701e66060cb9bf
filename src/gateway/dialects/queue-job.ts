import { z } from 'zod';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { RunRecord, RunView } from '../../contract/views.ts';
import { json, jsonObject, optionalTimestamp, timestamp } from '../../schemas/views/common.ts';

export const jobStatuses = ['pending', 'processing', 'completed', 'failed', 'retrying', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A run as a row of a job queue's table (B14, B15). */
export type QueueJob = {
  readonly id: string;
  readonly queue_job_id: string;
  readonly user_id: string;
  readonly job_type: string;
  readonly status: JobStatus;
  readonly scheduled_for: string;
  readonly metadata: JsonObject;
  readonly result: Json;
  readonly attempts: number;
  readonly max_attempts: number;
  readonly priority: number;
  readonly error_message: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly started_at: string | null;
  readonly processed_at: string | null;
  readonly completed_at: string | null;
  readonly dedup_key: string | null;
};

export const queueJob = z
  .object({
    id: z.string(),
    queue_job_id: z.string(),
    user_id: z.string(),
    job_type: z.string(),
    status: z.enum(jobStatuses),
    scheduled_for: timestamp,
    metadata: jsonObject,
    result: json,
    attempts: z.int(),
    max_attempts: z.int(),
    priority: z.int(),
    error_message: z.string().nullable(),
    created_at: timestamp,
    updated_at: timestamp,
    started_at: optionalTimestamp,
    processed_at: optionalTimestamp,
    completed_at: optionalTimestamp,
    dedup_key: z.string().nullable(),
  })
  .meta({ id: 'QueueJob' }) satisfies z.ZodType<QueueJob>;

/** A job that waits for a person, or was paused, is being processed all the same: no such queue knows of people. */
export function jobStatus({ status, waitingOn }: Pick<RunView, 'status' | 'waitingOn'>): JobStatus {
  switch (status) {
    case 'queued':
      return 'pending';
    case 'running':
    case 'waiting':
    case 'paused':
      return waitingOn?.kind === 'timer' ? 'retrying' : 'processing';
    case 'completed':
    case 'failed':
    case 'cancelled':
      return status;
  }
}

function attemptsMade(status: JobStatus, attempt: number): number {
  if (status === 'pending') return 0;
  return status === 'retrying' ? attempt - 1 : attempt;
}

/** A run of the user as a job. */
export function toJob(run: RunRecord, userId: string): QueueJob {
  const status = jobStatus(run);
  return {
    id: run.id,
    queue_job_id: run.id,
    user_id: userId,
    job_type: run.type,
    status,
    scheduled_for: run.startAt ?? run.createdAt,
    metadata: run.input,
    result: run.result,
    attempts: attemptsMade(status, run.attempt),
    max_attempts: run.maxAttempts,
    priority: run.priority,
    error_message: run.error?.message ?? null,
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    started_at: run.startedAt,
    processed_at: run.completedAt,
    completed_at: status === 'completed' ? run.completedAt : null,
    dedup_key: run.dedupKey,
  };
}
