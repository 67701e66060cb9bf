import { defineRun } from '../../../../workflows/kernel/define-run.ts';

type Sample = {
  readonly input: { readonly userPrompt: string };
  readonly options: Record<string, never>;
  readonly result: { readonly colour: string; readonly applied: number };
  readonly phase: 'first' | 'second';
  readonly calls: Record<string, never>;
  readonly drafts: { readonly plan: { readonly params: { readonly colour: string } } };
};

/** Asks, proposes, applies: all kinds of steps that need no model. */
export const sample = defineRun<Sample>('sample', async (run) => {
  run.phase('first');
  const answers = await run.clarify('About the fence', [
    {
      key: 'colour',
      question: 'Which colour?',
      why: 'It is painted.',
      kind: 'choice',
      options: ['red', 'blue'],
      default: null,
    },
  ]);
  const colour = String(answers['colour']);
  run.phase('second');
  const proposal = await run.propose('plan', { colour });
  if (proposal.decision.kind === 'reject') return { outcome: 'rejected', result: { colour, applied: 0 } };
  const { applied } = await run.apply(proposal);
  return { result: { colour, applied } };
});

export { undo_proposal } from '../../../../workflows/kernel/undo-proposal.ts';
