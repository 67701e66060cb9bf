import type { Evidence } from '../outputs.ts';

/** Numbers evidence by its first mention; each piece has one number, however often it is mentioned. */
export class Footnotes {
  readonly #byId: ReadonlyMap<string, Evidence>;
  readonly #numbers = new Map<string, number>();

  constructor(evidence: readonly Evidence[]) {
    this.#byId = new Map(evidence.map((each) => [each.id, each]));
  }

  /** `[1][3]`; nothing for what is no evidence. */
  mention(ids: readonly string[]): string {
    const known = [...new Set(ids)].filter((id) => this.#byId.has(id));
    return known.map((id) => `[${this.#numberOf(id)}]`).join('');
  }

  /** What was mentioned, by its numbers from 1 on. */
  mentioned(): readonly { readonly number: number; readonly evidence: Evidence }[] {
    return [...this.#numbers].flatMap(([id, number]) => {
      const evidence = this.#byId.get(id);
      return evidence === undefined ? [] : [{ number, evidence }];
    });
  }

  #numberOf(id: string): number {
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return number;
  }
}
