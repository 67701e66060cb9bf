import type { JsonObject } from '../../../../contract/json.ts';
import type { Said } from './sayings.ts';

const here =
  /\b(?:I am in|I'm in|based in|I work (?:in|from)|my time ?zone|time ?zone|live in|wohne in|lebe in|ich bin in|ich arbeite in|zeitzone)\b/iu;
const other: Readonly<Record<string, string>> = {
  munich: 'Europe/Berlin',
  münchen: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  cologne: 'Europe/Berlin',
  köln: 'Europe/Berlin',
  leipzig: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  wien: 'Europe/Vienna',
  zürich: 'Europe/Zurich',
  lyon: 'Europe/Paris',
  boston: 'America/New_York',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  mumbai: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
};

/** Cities by their names: those that zones are named after, and a few more. */
const cities: ReadonlyMap<string, string> = new Map([
  ...Intl.supportedValuesOf('timeZone').map(
    (zone) => [(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(), zone] as const,
  ),
  ...Object.entries(other),
]);

/** The zone that the person names, or that of the city where they say they are. */
export function readZone(said: readonly Said[]): JsonObject | null {
  for (const { text } of said) {
    const named = /\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_/]+/u.exec(text)?.[0];
    if (named !== undefined && [...cities.values()].includes(named)) return { name: named, quote: text };
    if (!here.test(text)) continue;
    const words = text.toLowerCase();
    const city = [...cities.keys()].find(
      (name) => name.length > 3 && new RegExp(String.raw`(?<!\p{L})${name}(?!\p{L})`, 'u').test(words),
    );
    if (city !== undefined) return { name: cities.get(city) ?? 'UTC', quote: text };
  }
  return null;
}
