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
// A row of a table says what is there in its columns, and begins like a sentence by chance.
const tableRow = /\s\|\s/u;
const minutes: Readonly<Record<Effort, number>> = { quick: 30, medium: 60, large: 240 };
const titleChars = 120;
const most = 6;

export function isUnknown(text: string): boolean {
  return unknown.test(text);
}

/** Why a claim is something to do, or null where it is none. */
function reasonOf(text: string, language: Language): string | null {
  if (tableRow.test(text)) return null;
  if (isUnknown(text) || toDo.test(text))
    return language === 'de' ? 'Die Quellen sagen, dass hier etwas offen ist.' : 'The sources say that this is open.';
  if (actionVerb(text, language) === null) return null;
  return language === 'de' ? 'Die Quellen nennen es als etwas zu tun.' : 'The sources name it as something to do.';
}

/** Tasks for what the claims say is to be done, decided or unknown. */
export function findFollowUps(claims: readonly Claim[], language: Language): Json {
  const clarify = language === 'de' ? 'Klären' : 'Look into';
  return claims
    .flatMap((claim) => {
      const why = reasonOf(claim.text, language);
      return why === null ? [] : [{ ...claim, why }];
    })
    .slice(0, most)
    .map(({ key, text, why }) => {
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
