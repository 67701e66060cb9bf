export type Pulse = { wake(): void; stop(): Promise<void> };

export type PulseParams = {
  readonly everyMs: number;
  /** One round; true asks for another at once. */
  readonly work: () => Promise<boolean>;
  readonly onTrouble: (error: unknown) => void;
};

/** Runs rounds of work one after another: when woken, and every so often anyway. A failing round is told and tried again. */
export function createPulse(params: PulseParams): Pulse {
  const { everyMs, work, onTrouble } = params;
  const stopping = new AbortController();
  let woken = false;
  let release: (() => void) | null = null;

  async function rest(): Promise<void> {
    if (!woken && !stopping.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      release = null;
    }
    woken = false;
  }

  async function beat(): Promise<void> {
    while (!stopping.signal.aborted) {
      const more = await work().catch((error: unknown) => {
        onTrouble(error);
        return false;
      });
      if (!more) await rest();
    }
  }

  const beating = beat();
  return {
    wake() {
      woken = true;
      release?.();
    },
    async stop() {
      stopping.abort();
      release?.();
      await beating;
    },
  };
}
