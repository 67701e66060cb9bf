import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections } from '../answerer.ts';
import { readHours, hoursQuestion } from './hours.ts';
import { sayings, unwantedIn } from './sayings.ts';
import type { Said } from './sayings.ts';
import { readZone } from './zones.ts';

/** What gives a sentence away, field by field, in the order in which a sentence is claimed. */
const cues: readonly (readonly [string, RegExp])[] = [
  [
    'productivity_challenges',
    /\b(?:struggle|distract\w*|procrastinat\w*|overwhelm\w*|forget|lose track|too many|too much|hard to|difficult|interrupt\w*|never get|put off|ablenk\w*|abgelenkt|aufschieb\w*|schiebe|vergesse|verzettel\w*|überforder\w*|unterbroch\w*|zu viele?|schwer fällt|fällt mir schwer|komme nicht dazu)\b/iu,
  ],
  [
    'communication_style',
    /\b(?:e-?mails?|chat|phone|call me|messages?|write to me|tell me|be (?:brief|direct|short)|anrufen|schreib(?:t|en)? mir|nachrichten|kurz und|direkt)\b/iu,
  ],
  [
    'work_style',
    /\b(?:work (?:best|mostly|mornings|in the|from|at|alone|full|part)|mornings?|evenings?|afternoons?|deep work|in blocks|prefer|remote|arbeite (?:am|gern|meist|lieber|von|im|vormittags|nachmittags|abends|allein)|vormittags|nachmittags|morgens|abends|homeoffice|teilzeit|am liebsten)\b/iu,
  ],
  [
    'priorities',
    /\b(?:priority|priorities|most important|matters most|comes first|above all|wichtigst\w*|am wichtigsten|priorität\w*|vor allem|an erster stelle)\b/iu,
  ],
  ['focus_areas', /\b(?:focus(?:ing)? on|concentrate on|speciali[sz]e|konzentriere|schwerpunkt\w*|fokus\w*)\b/iu],
  [
    'active_projects',
    /\b(?:working on|projects?|building|running a|writing (?:a|my)|arbeite an|projekte?\b|baue|schreibe (?:an|ein|mein))/iu,
  ],
  [
    'goals_overview',
    /\b(?:goals?|want to|would like|hope to|aim|plan to|dream|finish|ziele?|möchte|will\b(?=.*(?:en|n)\b)|würde gern|vorhabe|habe vor)\b/iu,
  ],
  [
    'background',
    /\b(?:I am|I'm|I work (?:as|for|in)|I live|I studied|my name|my job|ich bin|ich arbeite als|ich wohne|ich lebe|ich habe .* studiert|mein beruf|ich heiße)\b/iu,
  ],
];

const keyCues: readonly (readonly [string, RegExp])[] = [
  ['productivity_challenges', /challenge|problem|block|herausforder|schwierig/iu],
  ['communication_style', /communicat|contact|kommunik/iu],
  ['work_style', /style|hours|arbeitsweise/iu],
  ['priorities', /priorit/iu],
  ['focus_areas', /focus|fokus|schwerpunkt/iu],
  ['active_projects', /project|projekt/iu],
  ['goals_overview', /goal|ziel|aim/iu],
  ['background', /background|about|role|job|beruf|über/iu],
];

function fieldOf({ text, key }: Said): string | null {
  if (key !== null) return keyCues.find(([, cue]) => cue.test(key))?.[0] ?? null;
  return cues.find(([, cue]) => cue.test(text))?.[0] ?? null;
}

function readFields(said: readonly Said[]): readonly Json[] {
  const byField = new Map<string, Said[]>();
  for (const each of said) {
    const field = fieldOf(each);
    if (field !== null) byField.set(field, [...(byField.get(field) ?? []), each]);
  }
  return [...byField].map(([field, found]) => ({
    field,
    text: shortened(found.map((each) => each.text).join(' '), 3_900),
    quote: shortened(found[0]?.text ?? '', 1_900).replace(/…$/u, ''),
  }));
}

/** Answers `profile`: which sentence says what of the person, their zone and hours, and what is unclear of these. */
export function answerProfile(sections: Sections, language: Language): Json {
  const unwanted = unwantedIn(sections);
  const all = sayings(sections, language);
  const said = all.filter(({ text }) => unwanted === null || !unwanted.test(text));
  const answered = new Set(asList(sections['answers']).map((each) => asText(asObject(each)['key'])));
  const hours = readHours(said, sections);
  const question = hoursQuestion(said, language);
  return {
    fields: [...readFields(said)],
    timeZone: readZone(said),
    workingHours: hours,
    questions: hours === null && question !== null && !answered.has('working_hours') ? [question] : [],
    reasoning: offlineNotice(language),
  };
}
