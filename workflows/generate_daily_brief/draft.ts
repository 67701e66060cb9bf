import type { ProposalDraft } from '../../src/contract/proposal.ts';
import type { DraftContract } from '../../src/schemas/workflow-contract.ts';
import type { GenerateDailyBrief } from './contract.ts';
import { readAnalysis, readBrief, readCollected, readConsolidated, readProjectBriefs } from './outputs.ts';
import { actionTexts, titlesOf } from './text/brief.ts';

/** The brief as the one operation that saves it. */
export const briefDraft: DraftContract<GenerateDailyBrief['drafts']['brief']['params']> = {
  facts: [],
  title: () => 'Put the brief up for saving',
  draft: (facts, _params, tools): ProposalDraft => {
    const collected = readCollected(facts);
    const { title, lead } = readConsolidated(facts);
    const { markdown } = readBrief(facts);
    const { insights } = readAnalysis(facts);
    const texts = readProjectBriefs(facts);
    const projectBriefs = collected.projects.flatMap(({ id }) => {
      const text = id === null ? undefined : texts.get(id)?.text;
      return id === null || text === undefined ? [] : [{ projectId: id, content: text }];
    });
    return {
      title,
      summary: lead,
      operations: [
        {
          id: 'brief',
          kind: 'save_daily_brief',
          title: `Save the brief of ${collected.name}`,
          reason: lead,
          requires: [],
          payload: {
            briefId: tools.newId('brief'),
            briefDate: collected.date,
            timeZone: collected.timeZone,
            content: markdown,
            projectBriefs,
            insights: insights.length === 0 ? null : insights.join('\n'),
            priorityActions: actionTexts(facts),
            taskCount: titlesOf(collected).size,
          },
        },
      ],
      notes: [],
    };
  },
};
