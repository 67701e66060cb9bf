// What a guess takes off. With the usual threshold of 0.9 one guess is enough to ask.
const guessed = { project: 0.15, date: 0.1, intent: 0.1 } as const;
const mergedWithExisting = 0.1;

function bounded(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}

/** How sure an operation is: what the model says, less for each guess, less where it was held to be an existing task. */
export function sureness(said: number, of: { readonly guesses: readonly string[]; readonly merged: boolean }): number {
  const lost = Object.entries(guessed).reduce((sum, [name, loss]) => sum + (of.guesses.includes(name) ? loss : 0), 0);
  return bounded(said - lost - (of.merged ? mergedWithExisting : 0));
}

/** How sure all of it is: as sure as the least sure part; nothing at all is certain. */
export function leastSure(parts: readonly { readonly confidence: number }[]): number {
  return bounded(Math.min(1, ...parts.map((part) => part.confidence)));
}
