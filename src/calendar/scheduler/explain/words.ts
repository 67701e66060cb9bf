import { minuteMs } from '../timeline.ts';

/** `45 min`, `2 h`, `2 h 30 min`: a length for reasons that people read. */
export function lengthInWords(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `'A', 'B' and 3 more`. */
export function listInWords(titles: readonly string[], most = 4): string {
  const named = titles.slice(0, most).map((title) => `'${title}'`);
  const more = titles.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  const last = named.pop() ?? 'nothing';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}
