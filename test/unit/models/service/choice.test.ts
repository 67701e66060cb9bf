import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../../../src/models/model-service.ts';
import { recordingHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { Scripted, ScriptedEndpoint } from '../support/scripted-endpoint.ts';

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
afterAll(async () => {
  await endpoint.close();
});

const right: Scripted = { kind: 'content', content: '{"answer":42}' };
const wrong: Scripted = { kind: 'content', content: 'no' };

/** The choices of a call's attempts, as they are put on record before each is sent. */
async function choices(steps: readonly Scripted[], changes: Partial<ModelRequest> = {}) {
  endpoint.script(...steps);
  const hooks = recordingHooks();
  const service = await serviceFor(endpoint.url, { now: () => 0 });
  await service.complete(requestOf(changes), hooks);
  expect(hooks.starts.map((start) => start.choice.model)).toEqual(endpoint.seen.map(({ body }) => body.model));
  return hooks.starts.map(({ choice }) => `${choice.complexity}: ${choice.reason}`);
}

describe('the choice on record', () => {
  it('names how hard the prompt is and why the model was taken', async () => {
    const simple = [{ role: 'user', content: 'What is six times seven?' }] as const;
    expect(await choices([right])).toEqual(['normal: the order of the profile "fast"']);
    expect(await choices([right], { messages: simple })).toEqual(['simple: simple prompt: the quickest first']);
  });

  it('tells a repair, and a stronger model after it', async () => {
    expect(await choices([wrong, wrong, right])).toEqual([
      'normal: the order of the profile "fast"',
      'normal: asked again, shown what was wrong with its answer',
      'normal: deepseek/deepseek-chat gave no answer that can be used',
    ]);
  });

  it('tells that the first choice failed, or does not fit into the grant', async () => {
    expect(await choices([{ kind: 'status', status: 500 }, right])).toEqual([
      'normal: the order of the profile "fast"',
      "normal: deepseek/deepseek-chat can't be asked at the moment",
    ]);
    expect(await choices([right], { grant: { usd: 0.0008, tokens: null } })).toEqual([
      'normal: deepseek/deepseek-chat does not fit into what the budget grants',
    ]);
  });

  it('keeps to its share of what the run has left', async () => {
    const [reason] = await choices([right], { leftUsd: 0.003 });
    expect(reason).toMatch(
      /^normal: deepseek\/deepseek-chat could take \$0\.0\d+, more than 25 % of the \$0\.0030 left/,
    );
    expect(endpoint.seen[0]?.body.model).toBe('qwen/qwen-2.5-72b-instruct');
  });
});
