import type { Json } from '../../../../contract/json.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { answerDiagnose } from './diagnose.ts';
import { measuresFor } from './measures.ts';
import { objector } from './objections.ts';
import { readOptimization } from './request.ts';

const words = {
  en: {
    taken: 'By the rules of the offline model.',
    none: 'No rule of the offline model helps here, or a measure for another finding does.',
    said: 'You spoke against it.',
  },
  de: {
    taken: 'Nach den Regeln des Offline-Modells.',
    none: 'Keine Regel des Offline-Modells hilft hier, oder eine Maßnahme zu einem anderen Befund tut es.',
    said: 'Sie waren dagegen.',
  },
} as const;

/** Measures for each finding, without those that the person's comments speak against. */
function answerRemedies(sections: Sections): Json {
  const request = readOptimization(sections);
  const objects = objector(request);
  const say = words[request.language];
  const items = request.findings.map((finding) => {
    const wanted = measuresFor(finding, request);
    const measures = wanted.filter((measure) => !objects(measure));
    const why = measures.length > 0 ? say.taken : wanted.length > 0 ? say.said : say.none;
    return { key: finding.key, measures, why };
  });
  return { items };
}

export const optimizationAnswers: TypeAnswers = {
  diagnose: answerDiagnose,
  reorganize: answerRemedies,
  consolidate: answerRemedies,
};
