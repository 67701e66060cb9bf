import { StewardError } from '../../../src/contract/errors.ts';

/** The error that a call is refused with. */
export async function refused(call: Promise<unknown>): Promise<StewardError> {
  const error: unknown = await call.then(
    () => new Error('the call was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof StewardError) return error;
  throw error;
}

/** Paths of the fields that a refusal names. */
export function pathsOf(error: StewardError): readonly string[] {
  return (error.details.problems ?? []).map(({ path }) => path).toSorted();
}
