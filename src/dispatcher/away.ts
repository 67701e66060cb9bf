import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';

// gRPC status codes that say "not now": CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE.
const awayCodes: ReadonlySet<number> = new Set([1, 2, 4, 8, 10, 14]);
const notFoundCode: number = 5;

/** The gRPC status of an error of the Temporal client, or null. */
function grpcCode(error: unknown): number | null {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof ServiceError && error.cause !== undefined ? grpcCode(error.cause) : null;
}

/** Whether an error of the Temporal client means that the server (or a worker behind it) can't be reached now. */
export function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = grpcCode(error);
  return code !== null && awayCodes.has(code);
}

/** Whether Temporal does not know (or no longer runs) what was asked for. */
export function isUnknown(error: unknown): boolean {
  return grpcCode(error) === notFoundCode;
}
