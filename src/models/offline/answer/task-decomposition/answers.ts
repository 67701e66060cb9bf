import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { detectLanguage } from '../../text/language.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { splitLarge } from './further.ts';
import { answerOrder } from './order.ts';
import { answerParts } from './part.ts';
import { splitWhole } from './whole.ts';

function splitPart(sections: Sections, key: string): Json {
  const part = asObject(sections['part']);
  const title = asText(part['title']);
  const language = detectLanguage(`${asText(sections['intent'])} ${title}`);
  const large = {
    title,
    steps: asList(part['steps']).map(asText),
    minutes: Number(asObject(part['minutes'])['likely']) || 240,
    maxMinutes: Number(asObject(sections['limits'])['aimMinutes']) || 120,
    language,
  };
  const existing = asList(sections['existing_subtasks'])
    .map(asObject)
    .map((each) => ({ id: asText(each['id']), title: asText(each['title']) }));
  return {
    title,
    summary: '',
    parts: answerParts(splitLarge(large), { language, prefix: key, whole: title, existing }),
    reasoning: offlineNotice(language),
  };
}

export const decompositionAnswers: TypeAnswers = {
  split: (sections) => {
    const key = asText(asObject(sections['parameters'])['part']);
    return key === '' ? splitWhole(sections) : splitPart(sections, key);
  },
  order: answerOrder,
};
