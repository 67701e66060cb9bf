/** A flag that others raise and one waits for: a wake between two looks is never lost. */
export type Wake = {
  raise(): void;
  /**
   * Returns true when raised (at once if it was raised since the last wait), false when `ms` have passed or the signal
   * aborts.
   */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
};

export function createWake(): Wake {
  let raised = false;
  let release: (() => void) | null = null;
  return {
    raise() {
      raised = true;
      release?.();
    },
    async wait(ms, signal) {
      if (!raised && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            release = null;
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener('abort', done);
          release = done;
        });
      }
      const wasRaised = raised;
      raised = false;
      return wasRaised;
    },
  };
}
