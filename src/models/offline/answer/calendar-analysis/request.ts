import type { JsonObject } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';

export type SeriesFact = {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly rhythm: string;
  readonly unit: string;
  readonly every: number;
  readonly occurrences: number;
  readonly hoursPerMonth: number;
  readonly hits: number;
  readonly expected: number;
  readonly next: readonly string[];
};

export type Named = { readonly id: string; readonly name: string };

// Words of titles, which have few of those that sentences are told by.
const germanTitle =
  /treffen|besprechung|gespräch|sitzung|klasse|kurs|termin|feier|jugend|verein|probe|vorstand|planung|schulung|einsatz|für|und\b/giu;

export function numberOf(value: JsonObject[string] | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** The language of titles; sentences decide where there are some. */
export function languageOf(text: string): Language {
  if (detectLanguage(text) === 'de') return 'de';
  const words = text.split(/\s+/u).length;
  return (text.match(germanTitle) ?? []).length * 8 > words ? 'de' : 'en';
}

export function readSeries(sections: Sections): readonly SeriesFact[] {
  return asList(sections['series'])
    .map(asObject)
    .map((each) => ({
      key: asText(each['key']),
      kind: asText(each['kind']),
      title: asText(each['title']),
      rhythm: asText(each['rhythm']),
      unit: asText(asObject(each['cadence'])['unit']),
      every: numberOf(asObject(each['cadence'])['every']),
      occurrences: numberOf(each['occurrences']),
      hoursPerMonth: numberOf(each['hoursPerMonth']),
      hits: numberOf(each['hits']),
      expected: numberOf(each['expected']),
      next: asList(each['next']).map(asText),
    }));
}

export function readProjects(sections: Sections): readonly Named[] {
  return asList(sections['projects'])
    .map(asObject)
    .map((each) => ({ id: asText(each['id']), name: asText(each['name']) }));
}

/** Comments of rejected proposals. */
export function readComments(sections: Sections): readonly string[] {
  return asList(sections['rejections'])
    .map((each) => asText(asObject(each)['comment']))
    .filter((comment) => comment.trim() !== '');
}

/** What the person wrote; titles speak where they wrote nothing. */
export function spokenLanguage(sections: Sections, titles: readonly string[]): Language {
  const said = [asText(sections['intent']), asText(sections['context']), ...readComments(sections)].join('\n').trim();
  return said === '' ? languageOf(titles.join(' ')) : detectLanguage(said);
}
