import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import type { GenerateDailyBrief } from '../contract.ts';
import { itemsOf, readAnalysis, readCollected, readConsolidated, sectionsOf } from '../outputs.ts';
import type { Brief, Collected } from '../outputs.ts';
import { cut } from '../../shared/cut.ts';
import { inline } from './lines.ts';

const quietText = 'Nothing is due, planned or overdue. A day to rest, or to begin something that never finds its day.';

/** The title of each task that the day names, by its id. */
export function titlesOf(collected: Collected): ReadonlyMap<string, string> {
  return new Map(
    sectionsOf(collected).flatMap((section) => itemsOf(section).map((item) => [item.id, item.title] as const)),
  );
}

/** What to do first, as lines that stand by themselves. */
export function actionTexts(facts: FactSheet): readonly string[] {
  return readAnalysis(facts).priorityActions.map(({ action, reason }) => `${action}: ${reason}`);
}

function writeBrief(facts: FactSheet): Brief {
  const collected = readCollected(facts);
  const { title, lead, body } = readConsolidated(facts);
  const { insights } = readAnalysis(facts);
  const actions = actionTexts(facts);
  const quiet = sectionsOf(collected).length === 0 && collected.events.length === 0;
  const first =
    actions.length === 0 ? [] : ['## First', '', ...actions.map((text, at) => `${at + 1}. ${inline(text)}`), ''];
  const seen =
    insights.length === 0 ? [] : ['## Worth knowing', '', ...insights.map((text) => `- ${inline(text)}`), ''];
  const lines = [`# ${title}`, '', quiet ? quietText : lead, '', ...first, ...seen, body.trimEnd(), ''];
  return { markdown: lines.join('\n'), highlights: [quiet ? quietText : lead, ...actions] };
}

type Spec = GenerateDailyBrief['computations']['brief'];

/** The whole brief: what comes first, what is worth knowing, then the parts. */
export const brief: ComputationContract<Brief, Spec['params'], Spec['view']> = {
  facts: [],
  title: () => 'Write the brief',
  compute: (facts) => writeBrief(facts),
  reasoning: ({ highlights }) => highlights.join('\n'),
  view: ({ highlights }) => ({ highlights: highlights.slice(0, 10).map((each) => cut(each, 300)) }),
};
