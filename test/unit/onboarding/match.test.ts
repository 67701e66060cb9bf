import { describe, expect, it } from 'vitest';
import { quoteProblems } from '../../../workflows/onboarding_analysis/said.ts';
import { match } from '../../../workflows/onboarding_analysis/match.ts';
import { onboardingDraft } from '../../../workflows/onboarding_analysis/draft.ts';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { DraftTools } from '../../../src/contract/facts.ts';
import { factsOf, taskOf } from '../task-decomposition/support.ts';

const setting = { timeZone: 'Europe/Berlin', workingHours: null, idScope: 'test' };
async function withTools<T>(work: (tools: DraftTools) => T): Promise<T> {
  return await withDraftTools(setting, async () => await Promise.resolve([]), work);
}

const nothingSaid = { fields: [], timeZone: null, workingHours: null, questions: [], reasoning: '' };
const garden = { key: 'p1', name: 'The Garden', description: '', quote: 'my garden' };
const dig = { project: 'p1', title: 'Dig', minutes: null, priority: 'medium', quote: 'dig' } as const;

describe('a quote', () => {
  it('must be what was said, whatever its case and line breaks', () => {
    const facts = factsOf({ input: { userPrompt: 'I love\nmy  garden', context: { job: 'Baker', more: ['tea'] } } });
    const quotes = ['i love my garden', 'job: Baker', 'tea', 'I love my dog'];
    expect(
      quoteProblems(
        facts,
        quotes.map((quote) => ({ path: quote, quote })),
      ).map(({ path }) => path),
    ).toEqual(['I love my dog']);
  });
});

describe('what was said', () => {
  it('is joined with what is known and never doubles a project or a task', async () => {
    const project = {
      id: 'x',
      name: 'the garden',
      description: null,
      status: 'active',
      startDate: null,
      endDate: null,
      updatedAt: '',
    };
    const facts = factsOf({
      userContext: { timeZone: 'Europe/Berlin', fields: { background: 'Baker', goals_overview: 'Sleep' } },
      workload: { projects: [project], tasks: [taskOf('Dig.')], dependencies: [], blocks: [], cut: false },
      outputs: {
        profile: {
          ...nothingSaid,
          fields: [
            { field: 'background', text: 'baker', quote: 'baker' },
            { field: 'goals_overview', text: 'Dance', quote: 'dance' },
          ],
          timeZone: { name: 'Europe/Berlin', quote: 'here' },
        },
        work: {
          projects: [garden, { ...garden, key: 'p2', name: 'THE GARDEN' }],
          tasks: [dig, { ...dig, project: 'p2', title: 'Water' }, { ...dig, title: 'water' }],
          insights: [],
          reasoning: '',
        },
      },
    });
    const found = await withTools((tools) => match.compute(facts, {}, tools));
    expect(found).toMatchObject({
      fields: [{ field: 'goals_overview', text: 'Sleep\nDance' }],
      projects: [{ key: 'p1', existingId: 'x' }],
      tasks: [{ title: 'Water', project: 'p1' }],
      known: ['Dig', 'water'],
      timeZone: null,
      changes: 2,
    });
    const outputs = { ...facts.outputs, match: JSON.parse(JSON.stringify(found)) };
    const { operations } = await withTools((tools) => onboardingDraft.draft({ ...facts, outputs }, {}, tools));
    expect(operations.map((each) => each.id)).toEqual(['about-goals-overview', 'task-1']);
    expect(operations[1]).toMatchObject({ payload: { projectId: 'x' }, requires: [] });
  });
});
