import type { Json } from '../../../src/contract/json.ts';
import type { Question } from '../../../src/contract/request.ts';
import { defineRun } from '../../../workflows/kernel/define-run.ts';
import type { Run } from '../../../workflows/kernel/types.ts';
import type { Probe } from './contract.ts';

export * from '../../../workflows/index.ts';

/** The bundle's entry for tests of the kernel: its own type beside the real ones. */
export const probe = defineRun<Probe>('probe', async (run, input) => {
  run.phase('work');
  switch (input.script) {
    case 'agent': {
      const { tools = [], maxTurns } = input;
      const limits = maxTurns === undefined ? {} : { maxTurns };
      return { result: await run.agent('work', { params: {}, tools, ...limits }) };
    }
    case 'questions':
      return {
        result: await Promise.all(['color', 'size'].map(async (key) => await run.clarify(key, [ask(key, null)]))),
      };
    case 'calls':
      return { result: await sayAll(run, input) };
    case 'batches': {
      const items = Object.entries(input.items ?? {}).map(([key, text]) => ({ key, chars: text.length }));
      return { result: await run.batched('weigh', items, { params: {}, maxItems: 5 }).then((views) => [...views]) };
    }
    case 'compute':
      return { result: [await run.compute('add', {}), await run.compute('add', {}, 'again')] };
    case 'sure': {
      const { decision, proposalId } = await run.propose('project', {}, { sure: input.sure ?? 1 });
      return { result: { proposalId, kind: decision.kind, by: decision.by } };
    }
    case 'apply': {
      const proposal = await run.propose('project', {});
      if (proposal.decision.kind === 'reject') return { outcome: 'rejected', result: null };
      const { applied, refused, failed } = await run.apply(proposal);
      return { result: { applied, refused, failed } };
    }
    case 'again': {
      await run.propose('project', {});
      return { result: await sayAll(run, { ...input, parallel: true }) };
    }
    case 'question_after_calls': {
      const texts = await sayAll(run, input);
      run.phase('ask');
      return { result: { texts, answers: await run.clarify('Go on?', [ask('color', input.standing ?? null)]) } };
    }
  }
});

function ask(key: string, standing: string | null): Question {
  return { key, question: `Which ${key}?`, why: 'It matters.', kind: 'text', options: [], default: standing };
}

async function sayAll(run: Run<Probe>, { calls = 1, parallel = false }: Probe['input']): Promise<Json> {
  const turns = Array.from({ length: calls }, (_none, index) => index + 1);
  const say = async (turn: number): Promise<string> => (await run.model('say', { turn }, `t${turn}`)).text;
  if (parallel) return await Promise.all(turns.map(say));
  const texts: string[] = [];
  for (const turn of turns) texts.push(await say(turn));
  return texts;
}
