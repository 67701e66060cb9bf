import { describe, expect, it } from 'vitest';
import { countDone, countProposed } from '../../../src/contract/operations/words.ts';

describe('counts of operations in words', () => {
  it('say one and many, and leave out what does not come up', () => {
    const operations = [{ kind: 'move_task' }, { kind: 'create_note' }, { kind: 'move_task' }] as const;
    expect(countProposed(operations)).toEqual(['2 moved tasks', '1 new note']);
  });

  it('name a kind that nobody knows any more as it is', () => {
    expect(countDone({ create_task: 1, merge_tasks: 2, juggle: 3 })).toEqual([
      '1 task created',
      '2 merges done',
      '3 juggle',
    ]);
  });
});
