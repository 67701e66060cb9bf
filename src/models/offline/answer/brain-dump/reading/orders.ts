import type { Language } from '../../../text/language.ts';
import { actionVerb, isGermanInfinitive } from '../../../text/verbs.ts';

// Spoken orders that the verbs of written plans leave out.
const spoken =
  /^(?:figure out|sort out|deal with|look (?:into|up|after)|talk to|speak (?:to|with)|reach out|follow up|catch up|back up|set up|double[- ]check|think (?:about|of|through)|grab|ping|chase|hoover|vacuum|mow|feed|block|go (?:to|through|over|for)|take|do|put|see|fetch|nudge|swap|cook|bring|water|tidy|e-?mail|text|get rid of)\s+[\p{L}\d]/iu;
const spokenGerman =
  /(?:bringen|holen|gießen|machen|räumen|rufen|waschen|saugen|mähen|füttern|tanken|kümmern|schauen|stellen|nehmen|legen|lassen|fragen|putzen|schicken|überweisen|zahlen|gehen|fahren|sagen|antworten|abholen|tauschen)$/u;

// "Oma besuchen am Sonntag": a thing, an unknown verb, and then an end or a "when".
const looksLikeOrder =
  /\p{Lu}\p{L}+ (?!(?:gegen|wegen|zwischen|morgen|neben|oben|unten|einen|keinen|meinen|deinen|seinen)\b)\p{Ll}{3,}(?:en|ern|eln)(?=[.!]*$|,| (?:am|um|bis|für|mit|wegen|nach|vor|im|in|an|auf|heute|morgen|ob)\b)/u;

function isInfinitive(word: string): boolean {
  const letters = word.replaceAll(/[^\p{L}]/gu, '');
  return /^\p{Ll}/u.test(letters) && letters.length > 4 && (isGermanInfinitive(letters) || spokenGerman.test(letters));
}

/** Whether a phrase is an order: in English it opens with a verb, in German it has an infinitive at or near its end. */
export function opensOrder(phrase: string, language: Language): boolean {
  if (language === 'en') return actionVerb(phrase, 'en') !== null || spoken.test(phrase);
  if (/^(?:sonst|damit|weil|dass|ob|wie|wenn)\b/iu.test(phrase)) return false;
  const words = phrase.replace(/[.!]+$/u, '').split(/\s+/u);
  return words.some((word, at) => at > 0 && isInfinitive(word)) || looksLikeOrder.test(phrase);
}
