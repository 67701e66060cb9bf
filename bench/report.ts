/** One figure: what was measured, and what it should be at most. A ratio counts; an absolute time depends on the machine. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number | null;
  readonly means: string;
};

export type Part = { readonly title: string; readonly figures: readonly Figure[]; readonly notes: readonly string[] };

function shown({ value, unit }: Figure): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return `${Number(value.toFixed(digits))}${unit === '' ? '' : ` ${unit}`}`;
}

function verdict({ value, target, unit }: Figure): string {
  if (target === null) return '';
  return `${value <= target ? 'ok' : 'MISSED'} (target ≤ ${target}${unit === '' ? '' : ` ${unit}`})`;
}

/** A part as lines for people. */
export function formatPart({ title, figures, notes }: Part): string {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  const lines = figures.map(
    (figure) =>
      `  ${figure.name.padEnd(width)}  ${shown(figure).padStart(10)}  ${verdict(figure)}\n  ${' '.repeat(width)}  ${figure.means}`,
  );
  return [`\n${title}`, ...lines, ...notes.map((note) => `  · ${note}`)].join('\n');
}

/** Whether every figure that has a target reaches it. */
export function allReached(parts: readonly Part[]): boolean {
  return parts.every(({ figures }) => figures.every(({ value, target }) => target === null || value <= target));
}
