import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords, overlap } from '../../text/clean.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { Sections } from '../answerer.ts';
import type { Setting } from './reading/kinds.ts';

/** What the person said against an earlier proposal, or added since. */
export type Wishes = { readonly drop: readonly string[]; readonly add: readonly string[]; readonly noNotes: boolean };

const dropping =
  /^(?:please\s+|bitte\s+)?(?:remove|drop|skip|delete|leave out|omit|without|no|not|forget|don't (?:need|want|add)|i don't (?:need|want)|streiche?|entferne?|lösche?|ohne|keine?n?|nicht|lass)\s+(?:the |den |die |das )?(?:tasks?\s+|aufgaben?\s+)?(.+?)(?:\s+(?:weg|raus|out))?[.!]*$/iu;
const doneAlready =
  /^(.{3,80}?)\s+(?:is|are|ist|sind)\s+(?:already\s+|schon\s+|bereits\s+)?(?:done|finished|erledigt|fertig)/iu;
const adding =
  /^(?:please\s+|bitte\s+)?(?:add|also|include|plus|you (?:missed|forgot)|there is also|ergänze?|außerdem|zusätzlich|es fehlt|du hast vergessen):?\s+(.+?)[.!]*$/iu;
const notes =
  /\b(?:no|without|drop|skip|leave out|keine|ohne)\s+(?:the\s+|any\s+)?(?:notes?|ideas?|context|notizen?|ideen?)\b|\bonly (?:the )?tasks\b|\bnur (?:die )?aufgaben\b/iu;

export function readWishes(sections: Sections, { language }: Setting): Wishes {
  const rejected = asList(sections['rejections']).map((each) => asText(asObject(each)['comment']));
  const said = [...rejected, ...asList(sections['added_context']).map(asText)].flatMap((text) =>
    splitSentences(text, language),
  );
  return {
    drop: said.flatMap((text) => dropping.exec(text)?.[1] ?? doneAlready.exec(text)?.[1] ?? []),
    add: said.flatMap((text) => (dropping.test(text) ? [] : (adding.exec(text)?.[1] ?? []))),
    noNotes: said.some((text) => notes.test(text)),
  };
}

/** Whether the person does not want what has this name. */
export function isUnwanted(name: string, { drop }: Wishes): boolean {
  const words = contentWords(name);
  return drop.some((target) => contentWords(target).length > 0 && overlap(contentWords(target), words) >= 0.75);
}
