import type { Language } from '../../../text/language.ts';
import { filler } from './cues.ts';
import { opensOrder } from './orders.ts';

// "I told him: …" and "need to: …" name nothing that what follows belongs to.
const namesNothing =
  /^(?:i|we|you|he|she|they|it|there|this|that|need|have|must|should|ich|wir|du|er|sie|es|man|muss|sollte|das)\b/iu;
const lead = /^(.{2,60}?)\s*:\s+(.+)$/su;
const article =
  /^(?:for|about|regarding|re|on|für|zum|zur|wegen|beim?)\s+|^(?:the|a|an|our|my|den|die|das|der|dem|unser\p{L}*|mein\p{L}*)\s+/iu;

/** What a lead-in names: "also for the harbour festival" is about "harbour festival". */
function topicOf(text: string, language: Language): string {
  return text.replace(filler[language], '').replace(article, '').replace(article, '').trim();
}

// Longer ones are prose; looking for brackets behind each comma takes time that grows with the square of the length.
const longestList = 1_000;
const comma = /(,\s+(?:(?:and|und)\s+)?)(?![^(]*\))/u;

/** Parts of a list at its commas, what stands in brackets aside; a part that is no order goes on with the one before. */
function orders(list: string, language: Language): readonly string[] {
  const [first = '', ...rest] = list.split(comma);
  const parts = [first];
  for (let at = 0; at < rest.length; at += 2) {
    const [separator, part] = [rest[at] ?? '', rest[at + 1] ?? ''];
    if (opensOrder(part, language)) parts.push(part);
    else parts[parts.length - 1] += `${separator}${part}`;
  }
  return parts;
}

/**
 * "For the fair: rent the stage, print programmes": two things to do or more, under what they are for; null where a
 * sentence is none such.
 */
export function readLeadIn(
  sentence: string,
  language: Language,
): { readonly topic: string; readonly parts: readonly string[] } | null {
  const match = lead.exec(sentence);
  const [said, list] = [match?.[1] ?? '', match?.[2] ?? ''];
  const topic = topicOf(said, language);
  if (list.length > longestList || topic === '' || topic.split(/\s+/u).length > 6 || namesNothing.test(topic))
    return null;
  const parts = orders(list.replace(/[.!]+$/u, ''), language);
  return parts.length > 1 && parts.every((part) => opensOrder(part, language)) ? { topic, parts } : null;
}
