import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import { analysis } from '../contract.ts';
import type { Analysis, GenerateDailyBrief } from '../contract.ts';
import { readCollected, readConsolidated, readProjectBriefs } from '../outputs.ts';
import { titlesOf } from '../text/brief.ts';

type Spec = GenerateDailyBrief['calls']['analyze'];

export const analyze: CallContract<Analysis, Spec['params'], Spec['view']> = {
  profile: { kind: 'json', name: 'balanced' },
  maxOutputTokens: 3_000,
  temperature: 0,
  output: analysis,
  facts: ['userContext'],
  title: () => 'Find what matters',
  prompt: (facts) => {
    const { projects, loose, events, free, name } = readCollected(facts);
    const { lead } = readConsolidated(facts);
    const focus = [...readProjectBriefs(facts).values()].flatMap(({ focusTaskId }) => focusTaskId ?? []);
    return {
      instructions: [
        'You look at a person\'s day in "day", "projects", "loose" and "events", and say what matters.',
        '"insights": at most five sentences about what they may not see themselves: too much work for the free time, what holds up other things, what was put off for long, what goes well.',
        '"priorityActions": at most five things to do that day, most important first, each about one open task that is named by its id; nothing that waits for something else. None when there is no open task.',
        'Write in the language of the tasks. Heed "intent", "user_context" and "rejections".',
      ].join('\n'),
      sections: {
        ...situation(facts),
        day: { name, lead, freeMinutes: free.minutes },
        projects: asJson(projects),
        loose: asJson(loose),
        events: asJson(events),
        focus,
      },
    };
  },
  check: (output, facts) => {
    const titles = titlesOf(readCollected(facts));
    const ids = output.priorityActions.map(({ taskId }) => taskId);
    return ids.flatMap((id, index) => {
      const path = `priorityActions.${index}.taskId`;
      if (!titles.has(id))
        return [{ path, message: `"${id}" is no task of this day; use an id of "projects" or "loose"` }];
      return ids.indexOf(id) < index ? [{ path, message: `"${id}" is there twice` }] : [];
    });
  },
  reasoning: ({ insights, priorityActions }) =>
    [...priorityActions.map(({ action, reason }) => `${action}: ${reason}`), ...insights].join('\n'),
  view: ({ priorityActions }) => ({ actions: priorityActions.length }),
};
