import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/contract/json.ts';
import { takeTurn } from '../../../src/models/offline/generic/tools.ts';
import type { Turn } from '../../../src/models/offline/generic/tools.ts';
import { readBody } from '../../../src/models/offline/request-body.ts';

function tool(name: string, description: string, parameters: Json = { type: 'object', properties: {} }): Json {
  return { type: 'function', function: { name, description, parameters } };
}
const search = tool('search_notes', 'Search the notes of the person', {
  type: 'object',
  required: ['query', 'limit'],
  properties: { query: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 20 } },
});
const byProject = tool('list_tasks', 'List the tasks of a project', {
  type: 'object',
  required: ['projectId'],
  properties: { projectId: { type: 'string' } },
});
const create = tool('create_note', 'Create notes about boats', {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' } },
});
const finish = tool('finish', 'End with a result', {
  type: 'object',
  required: ['summary'],
  properties: { summary: { type: 'string' } },
});

function turn(messages: readonly Json[], tools: readonly Json[], more: { readonly [key: string]: Json } = {}): Turn {
  const read = readBody({ model: 'steward-offline', messages, tools, ...more });
  if (!read.ok) throw new Error(read.fault.message);
  return takeTurn(read.request);
}
const goal: Json = { role: 'user', content: 'Find notes about boats' };
const used: Json = {
  role: 'assistant',
  content: null,
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'search_notes', arguments: '{}' } }],
};

describe("an agent's turn", () => {
  it('reads with the tool that speaks of the goal, with arguments its schema allows', () => {
    expect(turn([goal], [create, search, finish])).toMatchObject({
      kind: 'call',
      call: { name: 'search_notes', arguments: { query: expect.stringContaining('boat'), limit: 1 } },
    });
  });

  it('ends with a summary once it has read', () => {
    const messages = [goal, used, { role: 'tool', tool_call_id: 'c1', content: 'Two boats: Anna and Berta.' }];
    expect(turn(messages, [search, finish])).toMatchObject({
      kind: 'call',
      call: { name: 'finish', arguments: { summary: expect.stringContaining('Anna and Berta') } },
    });
  });

  it('never writes by itself', () => {
    expect(turn([goal], [create, finish])).toMatchObject({ call: { name: 'finish' } });
  });

  it('invents no reference, but uses one it was given', () => {
    const wish: Json = { role: 'user', content: 'Look at the tasks of the project' };
    expect(turn([wish], [byProject, finish])).toMatchObject({ call: { name: 'finish' } });
    expect(turn([{ role: 'system', content: '{"projectId": "p-17"}' }, wish], [byProject, finish])).toMatchObject({
      call: { name: 'list_tasks', arguments: { projectId: 'p-17' } },
    });
  });

  it('calls the tool that the request names, and says it in words without a tool to end with', () => {
    expect(
      turn([goal], [search, finish], { tool_choice: { type: 'function', function: { name: 'finish' } } }),
    ).toMatchObject({ call: { name: 'finish' } });
    expect(turn([goal, used], [search])).toMatchObject({ kind: 'say' });
  });
});
