import type { Json, JsonObject } from '../../../../contract/json.ts';
import { contentWords, shortened, similarity } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { craftOf } from './craft.ts';

/** How sure an estimate is: the longest and shortest as shares of the likeliest. */
export type Sureness = 'written' | 'steps' | 'phase' | 'estimate';
const spread: Readonly<Record<Sureness, readonly [number, number]>> = {
  written: [0.9, 1.25],
  steps: [0.8, 1.4],
  phase: [0.7, 1.5],
  estimate: [0.6, 1.8],
};

/** A part as the rules found it. */
export type Found = {
  readonly title: string;
  /** As the text gives them; empty when it gives none. */
  readonly steps: readonly string[];
  readonly acceptance: string | null;
  readonly minutes: number;
  readonly sureness: Sureness;
  readonly reason: string;
};

export type Setting = {
  readonly language: Language;
  /** What the keys begin with: empty, or the key of the part that is split. */
  readonly prefix: string;
  /** The name of what is split: no part has it again. */
  readonly whole: string;
  readonly existing: readonly { readonly id: string; readonly title: string }[];
};

const sameWork = 0.75;
/** A schema takes no more. */
export const mostParts = 40;

function plainKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*(?:\d+(?:\.\d+)*[.):]?\s+)+/u, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The same titles, told apart where one is there twice or is the whole's. */
function distinct(titles: readonly string[], whole: string): readonly string[] {
  const seen = new Set(titles.length > 1 ? [plainKey(whole)] : []);
  return titles.map((title) => {
    let named = title;
    for (let count = 2; seen.has(plainKey(named)); count += 1) named = `${title} (${count})`;
    seen.add(plainKey(named));
    return named;
  });
}

/** Which existing subtask each title is; each once. */
function matched(titles: readonly string[], existing: Setting['existing']): readonly (string | null)[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    const words = contentWords(title);
    const same = existing.find(
      (other) => !taken.has(other.id) && similarity(contentWords(other.title), words) >= sameWork,
    );
    if (same === undefined) return null;
    taken.add(same.id);
    return same.id;
  });
}

function minutesOf({ minutes, sureness }: Found): JsonObject {
  const likely = Math.max(1, Math.round(minutes));
  const [low, high] = spread[sureness];
  return { low: Math.max(1, Math.floor(likely * low)), likely, high: Math.ceil(likely * high) };
}

/** The parts as the call answers them: with keys, distinct titles, steps, an acceptance check and a range. */
export function answerParts(found: readonly Found[], setting: Setting): Json {
  const { language, prefix, whole, existing } = setting;
  const kept = found.slice(0, mostParts);
  const titles = distinct(
    kept.map(({ title }) => shortened(title, 150)),
    whole,
  );
  const ids = matched(titles, existing);
  return kept.map((part, index) => {
    const craft = craftOf(part.title, language);
    const steps = part.steps.length > 0 ? part.steps : craft.steps;
    return {
      key: prefix === '' ? String(index + 1) : `${prefix}.${index + 1}`,
      title: titles[index] ?? part.title,
      steps: steps.slice(0, mostParts).map((step) => shortened(step, 400)),
      acceptance: shortened(part.acceptance ?? craft.acceptance, 480),
      minutes: minutesOf(part),
      reason: part.reason,
      existingTaskId: ids[index] ?? null,
    };
  });
}
