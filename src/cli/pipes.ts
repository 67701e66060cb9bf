function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}

function onError(act: () => void): (error: Error) => void {
  return (error) => {
    if (!isClosedPipe(error)) throw error;
    act();
  };
}

/** `steward proposal X | head` reads as much as it wants: what comes after that is nobody's loss, and no error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on(
      'error',
      onError(() => process.exit()),
    );
}

/** A server outlives whoever read its first lines: `steward up | head` goes on and closes in order when told to. */
export function keepRunningOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners('error');
    stream.on(
      'error',
      onError(() => undefined),
    );
  }
}
