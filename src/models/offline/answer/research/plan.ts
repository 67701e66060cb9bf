import type { Json } from '../../../../contract/json.ts';
import { asObject, asText } from '../../json-values.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import { oneLine, shortened } from '../../text/clean.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { Sections } from '../answerer.ts';
import { offlineName } from '../phrases.ts';
import { searchWords, translations } from './words.ts';

const interrogative = 'what|which|who|when|where|why|how|was|welche[rs]?|wer|wann|wo|warum|wieso|weshalb|wie|wieviele?';
const joint = new RegExp(`(?:\\s*[,;]\\s*|\\s+)(?:(?:and|und|or|oder|sowie)\\s+)?(?=(?:${interrogative})\\b)`, 'iu');
const about = /\b(?:about|regarding|concerning|of|for|on|über|zu|zum|zur|von|für|bei)\s+/giu;
const listed = /\s*,\s*(?:and\s+|und\s+|or\s+|oder\s+)?|\s+(?:and|und|or|oder|sowie)\s+/iu;
const openWords: Readonly<Record<Language, readonly string[]>> = {
  en: ['open', 'todo', 'next', 'unclear', 'missing'],
  de: ['offen', 'klären', 'fehlt', 'nächste'],
};
const longestQuestion = 400;
const mostWords = 12;

/** "What of A, B and C" is three questions; where the words before the list are shared. */
function spread(clause: string): readonly string[] {
  for (const match of clause.matchAll(about)) {
    const before = clause.slice(0, match.index + match[0].length);
    const items = clause.slice(before.length).split(listed);
    const short = items.every((item) => item.trim() !== '' && item.split(/\s+/u).length <= 5);
    if (items.length > 1 && short) return items.map((item) => `${before}${item.trim()}`);
  }
  return [clause];
}

function clausesOf(question: string): readonly string[] {
  const language = detectLanguage(question);
  const sentences = splitSentences(question, language);
  const asked = sentences.filter((sentence) => sentence.endsWith('?'));
  return (asked.length > 0 ? asked : sentences.slice(0, 3))
    .flatMap((sentence) => sentence.replace(/[?!.]+$/u, '').split(joint))
    .map(oneLine)
    .filter((clause) => clause !== '')
    .flatMap(spread);
}

function headingsOf(context: Json | undefined): readonly string[] {
  return asText(context)
    .split('\n')
    .flatMap((line) => /^#{1,6}\s+(.+)$/u.exec(line)?.[1] ?? []);
}

type Asked = { readonly question: string; readonly words: readonly string[]; readonly why: string };

function toAsked(clause: string, topic: readonly string[]): Asked {
  const own = searchWords(clause);
  // "and what is still open" is about what the question began with.
  const words = own.length > 1 ? own : [...own, ...topic.filter((word) => !own.includes(word))];
  const named = own.length > 1 ? clause : `${clause} (${topic.join(', ')})`;
  return { question: `${shortened(named, longestQuestion)}?`, words, why: 'A part of the question.' };
}

function openPoints(language: Language, topic: readonly string[]): Asked {
  const about = topic.join(', ');
  const question =
    language === 'de' ? `Was ist noch offen oder zu tun: ${about}?` : `What is still open or to be done: ${about}?`;
  return { question, words: [...topic, ...openWords[language]], why: 'What is open leads to what is to be done.' };
}

/** Answers `plan`: the question's parts, headings of the context, and what is open about it. */
export function answerPlan(sections: Sections): Json {
  const question = asText(sections['intent']);
  const most = Number(asText(asObject(sections['parameters'])['maxSubQuestions'])) || 5;
  const clauses = clausesOf(question);
  const topic = searchWords(clauses[0] ?? question).slice(0, 4);
  const parts = clauses.map((clause) => toAsked(clause, topic));
  const headings = headingsOf(sections['context']).map((heading) => toAsked(heading, topic));
  const language = detectLanguage(question);
  const known = openWords[language].some((word) => question.toLowerCase().includes(word));
  const rest = topic.length === 0 || known ? [] : [openPoints(language, topic)];
  const all = [...parts, ...headings, ...rest].filter(({ words }) => words.length > 0);
  const asked =
    all.length > 0
      ? all
      : [
          {
            question: shortened(oneLine(question), longestQuestion),
            words: [oneLine(question).slice(0, 100) || '?'],
            why: 'The question as it is.',
          },
        ];
  return {
    subQuestions: asked.slice(0, most).map(({ question: text, words, why }, index) => ({
      key: `q${index + 1}`,
      question: text,
      words: [...new Set([...words, ...translations(words)])].slice(0, mostWords).map((word) => word.slice(0, 100)),
      why,
    })),
    reasoning: `${offlineName}: split by rules at question words, lists and headings.`,
  };
}
