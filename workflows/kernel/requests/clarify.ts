import { defaultAnswers } from '../../../src/contract/request.ts';
import type { Answers, Question } from '../../../src/contract/request.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { runStep } from '../steps/step.ts';
import { expired, findRequest, openRequest, waitForRequest } from './request.ts';
import { writeWords } from './write-words.ts';

/** Asks the person typed questions and waits; with defaults for all of them, the deadline answers. */
export async function clarify(context: RunContext, title: string, questions: readonly Question[]): Promise<Answers> {
  if (questions.length === 0) return {};
  const spec = { type: 'question', name: 'clarify', title, waits: true } as const;
  return await runStep(context, spec, async (ref, stepKey) => {
    const { timing } = context.state.admitted;
    const onDeadline = defaultAnswers(questions) === null ? timing.onDeadline : 'default';
    const earlier = findRequest(context, stepKey);
    if (earlier === undefined) record(context, { type: 'step.started', step: ref, input: { questions } });
    const body = questions.map((one) => `${one.question} (${one.why})`).join('\n');
    const request =
      earlier ??
      openRequest(context, {
        stepKey,
        kind: 'clarification',
        title,
        body,
        questions,
        timing: { ...timing, onDeadline },
      });
    const resolution = await waitForRequest(context, request);
    if (resolution.kind !== 'answers') throw expired(request);
    const { answers } = resolution;
    const reasoning = `Answered by ${resolution.by}.`;
    record(context, {
      type: 'step.finished',
      step: ref,
      status: 'completed',
      output: { answers },
      reasoning,
      cost: null,
      error: null,
    });
    await writeWords(context);
    return { value: answers, cost: null };
  });
}
