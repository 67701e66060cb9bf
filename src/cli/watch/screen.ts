type Writers = { readonly print: (text: string) => void; readonly note: (text: string) => void };

/** Lines of a watched run. While a question is open they are held, or they would be written into the question. */
export type Screen = Writers & {
  readonly hold: () => void;
  /** Writes what was held. */
  readonly release: () => void;
};

export function createScreen(writers: Writers): Screen {
  let held: (() => void)[] | null = null;
  function write(line: () => void): void {
    if (held === null) line();
    else held.push(line);
  }
  return {
    print: (text) => write(() => writers.print(text)),
    note: (text) => write(() => writers.note(text)),
    hold: () => {
      held ??= [];
    },
    release: () => {
      const lines = held ?? [];
      held = null;
      for (const line of lines) line();
    },
  };
}
