import type { Logger } from 'pino';

type Closer = { readonly name: string; readonly close: () => Promise<void> };

/** What was opened, to be closed in the opposite order. One that fails to close doesn't keep the others open. */
export class Closers {
  private readonly opened: Closer[] = [];
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log;
  }

  add(name: string, close: () => Promise<void>): void {
    this.opened.push({ name, close });
  }

  async closeAll(): Promise<void> {
    for (const { name, close } of this.opened.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        this.log.error({ err: error }, `${name} did not close cleanly`);
      }
    }
  }
}
