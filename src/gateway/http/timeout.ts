import { StewardError } from '../../contract/errors.ts';

/** Throws `unavailable` when `act` takes longer than `ms`. What was begun goes on; its Idempotency-Key finds its answer. */
export async function withTimeout<T>(ms: number, act: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new StewardError('unavailable', `This took longer than ${ms} ms. Try again with the same Idempotency-Key.`),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}
