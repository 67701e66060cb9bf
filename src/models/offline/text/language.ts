import { actionVerb, isGermanInfinitive } from './verbs.ts';

/** Languages whose words the offline model knows; anything else is read as English. */
export type Language = 'en' | 'de';

const germanWords = new Set(
  'der die das und ist nicht ein eine einen dem den des mit für auf von zu zum zur im ich wir sie muss müssen soll sollen bis nach vor ab dann noch auch bitte oder bei aus über werden wird haben unser unsere mein meine meiner meinen eines einer Std Stunden Tage Tag Woche Wochen Monat Aufgaben Umzug Projekt Plane planen'
    .toLowerCase()
    .split(' '),
);
const englishWords = new Set(
  'the a an and is are not with for on of to in i we they must should by after before then also please or at from over will have our my your this that it be as plan days hours weeks'.split(
    ' ',
  ),
);

/** The language a text is written in, by counting everyday words; umlauts weigh for German. */
export function detectLanguage(text: string): Language {
  let german = /[äöüß]/i.test(text) ? 1 : 0;
  let english = 0;
  for (const word of text
    .slice(0, 20_000)
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []) {
    if (germanWords.has(word)) german += 1;
    if (englishWords.has(word)) english += 1;
  }
  // A few words without an everyday one among them ("Zahnarzt anrufen"): their verb tells.
  if (
    german + english === 0 &&
    actionVerb(text, 'en') === null &&
    isGermanInfinitive(/\p{L}+$/u.exec(text.trim())?.[0] ?? '')
  )
    return 'de';
  return german > english ? 'de' : 'en';
}
