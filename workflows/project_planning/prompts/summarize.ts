import { summary } from '../contract.ts';
import type { Summary } from '../contract.ts';
import { readPlan, readTasks } from '../outputs.ts';
import { appliedLines } from '../../shared/applied.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import type { Call } from './shared.ts';

export const summarize: Call<'summarize', Summary> = {
  profile: { kind: 'json', name: 'fast' },
  maxOutputTokens: 4_000,
  temperature: 0,
  output: summary,
  facts: ['project'],
  title: () => 'Explain what was done',
  prompt: (facts) => ({
    instructions: [
      'You explain to the person, in Markdown, what was planned and applied, in which order and why, what was assumed, and what did not fit.',
      'Say nothing that the sections do not say.',
    ].join('\n'),
    sections: {
      ...situation(facts),
      'output.analyze': facts.outputs['analyze'] ?? null,
      'output.plan': asJson(readPlan(facts)),
      'output.tasks': asJson(
        readTasks(facts).flatMap((phase) => phase.tasks.map((task) => ({ ...task, phase: phase.key }))),
      ),
      'output.dependencies': facts.outputs['dependencies'] ?? null,
      applied: appliedLines(facts),
      unscheduled: facts.proposalNotes
        .filter((note) => note.kind === 'unscheduled')
        .map((note) => `${note.title}: ${note.text}`),
    },
  }),
  check: () => [],
  reasoning: (output) => output.highlights.join('\n'),
  view: (output) => ({ highlights: output.highlights.slice(0, 10).map((each) => each.slice(0, 300)) }),
};
