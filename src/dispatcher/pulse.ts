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
  let stopped = false;
  let woken = false;
  let release: (() => void) | null = null;

  async function rest(): Promise<void> {
    if (!woken && !stopped) {
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
    while (!stopped) {
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
      stopped = true;
      release?.();
      await beating;
    },
  };
}
