import { describe, expect, it } from 'vitest';
import { isGranted } from '../../../activities/tools/grants.ts';

const tools = [
  { name: 'list_tasks', access: 'read' },
  { name: 'create_task', access: 'write' },
  { name: 'files__look', access: 'read' },
  { name: 'files__write', access: 'write' },
  { name: 'filesystem__look', access: 'read' },
] as const;

function granted(...grants: readonly string[]): readonly string[] {
  return tools.filter((tool) => isGranted(grants, tool)).map((tool) => tool.name);
}

describe('a grant', () => {
  it.each([
    ['nothing', [], []],
    ['a tool by its whole name', ['list_tasks', 'files__look'], ['list_tasks', 'files__look']],
    ['no tool by a part of its name', ['list', 'files', 'files__', ''], []],
    ['the tools of one server', ['files__*'], ['files__look', 'files__write']],
    [
      'the tools of all servers, and none of Steward’s own',
      ['outside'],
      ['files__look', 'files__write', 'filesystem__look'],
    ],
    ['what reads of all servers', ['read:outside'], ['files__look', 'filesystem__look']],
    ['what reads of one server', ['read:files__*'], ['files__look']],
    ['no writing tool by a reading grant', ['read:create_task', 'read:files__write'], []],
  ])('is of %s', (...[, grants, names]) => {
    expect(granted(...grants)).toEqual(names);
  });
});
