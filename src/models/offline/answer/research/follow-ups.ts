import type { Json } from '../../../../contract/json.ts';
import { capitalized, plain, shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { actionVerb, verbEffort } from '../../text/verbs.ts';
import type { Effort } from '../../text/verbs.ts';
import type { Claim } from './synthesize.ts';

const unknown =
  /\b(?:unclear|unknown|undecided|tbd|to be (?:decided|defined|clarified)|open question|not (?:yet )?(?:clear|known|decided)|unklar|ungeklärt|noch offen|nicht (?:geklärt|bekannt|entschieden))\b/iu;
const toDo =
  /\b(?:todo|to do|to-do|fixme|must|needs? to|have to|has to|should|still|not yet|missing|next steps?|muss|müssen|soll(?:te|ten|en)?|noch|fehlt|fehlen|ausstehend|nächste[rn]? schritt)\b/iu;
const urgent = /\b(?:urgent|asap|immediately|overdue|deadline|dringend|sofort|überfällig|frist)\b/iu;
const minutes: Readonly<Record<Effort, number>> = { quick: 30, medium: 60, large: 240 };
const titleChars = 120;
const most = 6;

export function isUnknown(text: string): boolean {
  return unknown.test(text);
}

function isToDo(text: string, language: Language): boolean {
  return isUnknown(text) || toDo.test(text) || actionVerb(text, language) !== null;
}

/** Tasks for what the claims say is to be done, decided or unknown. */
export function findFollowUps(claims: readonly Claim[], language: Language): Json {
  const clarify = language === 'de' ? 'Klären' : 'Look into';
  const why =
    language === 'de' ? 'Die Quellen sagen, dass hier etwas offen ist.' : 'The sources say that this is open.';
  return claims
    .filter(({ text }) => isToDo(text, language))
    .slice(0, most)
    .map(({ key, text }) => {
      const sentence = shortened(plain(text).replace(/[.:;,]+$/u, ''), titleChars);
      const verb = isUnknown(text) ? null : actionVerb(sentence, language);
      return {
        title: verb === null ? `${clarify}: ${sentence}` : capitalized(sentence),
        why,
        claims: [key],
        priority: urgent.test(text) ? 'high' : 'medium',
        durationMinutes: minutes[verbEffort(verb, language)],
      };
    });
}
