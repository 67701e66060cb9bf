import type { Json } from '../../../../contract/json.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords, oneLine, shortened, similarity } from '../../text/clean.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';
import { offlineName } from '../phrases.ts';
import { contradict, findContradictions } from './contradictions.ts';
import { findFollowUps, isUnknown } from './follow-ups.ts';
import { readWishes } from './wishes.ts';
import type { Wishes } from './wishes.ts';

export type Evidence = {
  readonly id: string;
  readonly questions: readonly string[];
  readonly source: string;
  readonly quote: string;
};
export type Claim = { readonly key: string; readonly text: string; readonly evidence: readonly string[] };
type Finding = { readonly question: string; readonly claims: readonly Claim[] };

const alike = 0.6;
const claimChars = 400;

function readEvidence(sections: Sections): readonly Evidence[] {
  return asList(sections['evidence'])
    .map(asObject)
    .map((each) => ({
      id: asText(each['id']),
      questions: asList(each['questions']).map(asText),
      source: asText(each['source']),
      quote: oneLine(asText(each['quote'])),
    }));
}

/** Quotes that say much the same are one claim. */
function grouped(evidence: readonly Evidence[]): readonly (readonly Evidence[])[] {
  const groups: Evidence[][] = [];
  for (const each of evidence) {
    const words = contentWords(each.quote);
    const group = groups.find(
      (others) =>
        others.some((other) => similarity(contentWords(other.quote), words) >= alike) &&
        !others.some((other) => contradict(other, each)),
    );
    if (group === undefined) groups.push([each]);
    else group.push(each);
  }
  return groups;
}

function findingsOf(sections: Sections, evidence: readonly Evidence[], wishes: Wishes): readonly Finding[] {
  let count = 0;
  return asList(sections['sub_questions'])
    .map(asObject)
    .map((asked) => {
      const question = asText(asked['key']);
      const own = evidence.filter(({ questions, quote }) => questions[0] === question && !wishes.leavesOut(quote));
      const groups = grouped(own).slice(0, wishes.mostClaims);
      const claims = groups.map((group) => {
        count += 1;
        return {
          key: `c${count}`,
          text: shortened(group[0]?.quote ?? '', claimChars),
          evidence: group.map(({ id }) => id),
        };
      });
      return { question, claims };
    })
    .filter(({ claims }) => claims.length > 0);
}

function summaryOf(findings: readonly Finding[], wishes: Wishes, language: Language): string {
  const claims = findings.flatMap((finding) => finding.claims);
  const best = findings.flatMap((finding) => finding.claims.slice(0, 1)).map(({ text }) => shortened(text, 200));
  const notice =
    language === 'de'
      ? `Zusammengestellt vom Offline-Modell von Steward: Regeln, die Zitate ordnen, kein Sprachmodell. ${claims.length} Aussagen.`
      : `Put together by ${offlineName}: rules that sort quotes, no language model. ${claims.length} claims.`;
  const said = best.map((text) => (/[.!?…]$/u.test(text) ? text : `${text}.`));
  return [notice, ...said, ...wishes.said].join(' ');
}

/** Answers `synthesize`: the quotes by sub-question, what they contradict each other in, and what they say is to be done. */
export function answerSynthesize(sections: Sections): Json {
  const evidence = readEvidence(sections);
  const wishes = readWishes(sections);
  const language = detectLanguage(asText(sections['intent']));
  const findings = findingsOf(sections, evidence, wishes);
  const claims = findings.flatMap((finding) => finding.claims);
  const wanted = asObject(sections['parameters'])['followUps'] !== false && !wishes.noTasks;
  return {
    summary: summaryOf(findings, wishes, language),
    findings: findings.map(({ question, claims: own }) => ({
      question,
      claims: own.map(({ key, text, evidence: ids }) => ({ key, text, evidence: [...ids] })),
    })),
    contradictions: findContradictions(evidence, language),
    gaps: evidence.filter(({ quote }) => isUnknown(quote)).map(({ quote }) => shortened(quote, 300)),
    followUps: wanted ? findFollowUps(claims, language) : [],
  };
}
