import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ModelOutcome, OutputSpec, ToolTurn } from '../../../../src/models/model-service.ts';
import { loadCatalogue } from '../../../../src/models/catalogue/load-catalogue.ts';
import { recordingHooks, requestOf, serviceFor } from '../support/requests.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import type { ScriptedEndpoint } from '../support/scripted-endpoint.ts';

let endpoint: ScriptedEndpoint;
beforeAll(async () => {
  endpoint = await startScriptedEndpoint();
});
beforeEach(() => endpoint.models(404));
afterAll(async () => await endpoint.close());

function tool(name: string): { name: string; description: string; parameters: { type: string } } {
  return { name, description: `The tool ${name}.`, parameters: { type: 'object' } };
}
const output: OutputSpec = { kind: 'tools', tools: [tool('search_notes'), tool('list_tasks'), tool('finish')] };

/** Asks for a turn where no model of the catalogue knows tools, and gets these answers one after the other. */
async function play(contents: readonly string[], asked: OutputSpec = output) {
  endpoint.script(...contents.map((content) => ({ kind: 'content', content }) as const));
  const base = await loadCatalogue(null);
  const models = base.models.map((model) => ({ ...model, abilities: ['json_object' as const] }));
  const service = await serviceFor(endpoint.url, { catalogue: { ...base, models } });
  const hooks = recordingHooks();
  const outcome = await service.complete(requestOf({ output: asked }), hooks).catch((error: unknown) => error);
  return { outcome: outcome as ModelOutcome, statuses: hooks.records.map(({ status }) => status) };
}

function turnOf(outcome: ModelOutcome): ToolTurn {
  if (outcome.kind !== 'answered') throw new Error('It was not answered.', { cause: outcome });
  return outcome.output as ToolTurn;
}

const search = '{"reasoning":"Look first.","action":"search_notes","parameters":{"text":"roses"}}';
const searchCall = { name: 'search_notes', arguments: '{"text":"roses"}' };

describe('a model without tools of its own', () => {
  test('is told of the tools in words, and answers in JSON', async () => {
    await play([search]);
    const [sent] = endpoint.seen;
    expect(sent?.body['tools']).toBeUndefined();
    expect(sent?.body['response_format']).toEqual({ type: 'json_object' });
    expect(sent?.body.messages[0]?.content).toContain('- search_notes: The tool search_notes.');
  });

  test.each([
    ['reasoning, action and parameters', search, [searchCall], 'Look first.'],
    ['words around it', `Sure, I will look.\n${search}\nThat is all.`, [searchCall], 'Look first.'],
    ['a fence around it', `\`\`\`json\n${search}\n\`\`\``, [searchCall], 'Look first.'],
    ['thoughts before it', `<think>Is {"action":"x"} right?</think>${search}`, [searchCall], 'Look first.'],
    ['small faults', "{'action': 'search_notes', 'parameters': {'text': 'roses',}}", [searchCall], null],
    ['no parameters', '{"action":"list_tasks"}', [{ name: 'list_tasks', arguments: '{}' }], null],
    [
      'several actions',
      '{"reasoning":"Both.","actions":[{"action":"search_notes","parameters":{"text":"roses"}},{"action":"list_tasks"}]}',
      [searchCall, { name: 'list_tasks', arguments: '{}' }],
      'Both.',
    ],
    [
      'a list of actions',
      `[${search},{"action":"list_tasks","parameters":{}}]`,
      [searchCall, { name: 'list_tasks' }],
      'Look first.',
    ],
    [
      'the end',
      '{"action":"finish","parameters":{"report":"Done."}}',
      [{ name: 'finish', arguments: '{"report":"Done."}' }],
      null,
    ],
    [
      'the end as a result',
      '{"action":"finish","result":{"report":"Done."}}',
      [{ name: 'finish', arguments: '{"report":"Done."}' }],
      null,
    ],
    [
      'the end as a result, beside parameters that say nothing',
      '{"action":"finish","parameters":null,"result":{"report":"Done."},"is_final":true}',
      [{ name: 'finish', arguments: '{"report":"Done."}' }],
      null,
    ],
    [
      'the end as a result, beside empty parameters',
      '{"action":"finish","parameters":{},"result":{"report":"Done."}}',
      [{ name: 'finish', arguments: '{"report":"Done."}' }],
      null,
    ],
    [
      'is_final alone',
      '{"reasoning":"So.","is_final":true,"parameters":{"report":"Done."}}',
      [{ name: 'finish', arguments: '{"report":"Done."}' }],
      'So.',
    ],
    // What is not among the tools, the loop tells the model itself.
    ['an unknown action', '{"action":"launch_rocket","parameters":{"at":"noon"}}', [{ name: 'launch_rocket' }], null],
  ])('is understood with %s', async (...[_name, content, calls, text]) => {
    const { outcome, statuses } = await play([content]);
    expect(turnOf(outcome)).toMatchObject({ calls, text });
    expect(turnOf(outcome).calls).toHaveLength(calls.length);
    expect(statuses).toEqual(['success']);
  });

  test.each([
    ['nonsense', 'The roses are red.', 'not JSON'],
    ['no action', '{"reasoning":"Hm."}', 'names no tool'],
    ['parameters of a wrong kind', '{"action":"list_tasks","parameters":"all"}', 'parameters'],
    ['half an answer', '{"action":"search_notes","parameters":{"te', 'ends before'],
  ])('is shown %s, and may do better', async (_name, content, problem) => {
    const { outcome, statuses } = await play([content, search]);
    expect(turnOf(outcome).calls).toMatchObject([searchCall]);
    expect(statuses).toEqual(['invalid', 'success']);
    expect(endpoint.seen[1]?.body.messages.at(-1)?.content).toContain(problem);
  });

  test('ends in words where finish is no tool', async () => {
    const plain: OutputSpec = { kind: 'tools', tools: [tool('list_tasks')] };
    const { outcome } = await play(['{"action":"finish","result":"All is done."}'], plain);
    expect(turnOf(outcome)).toEqual({ text: 'All is done.', calls: [] });
  });
});
