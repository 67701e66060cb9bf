import { describe, expect, test } from 'vitest';
import { findFollowUps } from '../../../src/models/offline/answer/research/follow-ups.ts';
import { bestSentences } from '../../../src/models/offline/answer/research/sentences.ts';

const asked = { words: ['run', 'workflow'], least: 1, most: 10, mostOfOne: 10 };

function quotesOf(text: string): readonly string[] {
  return bestSentences([{ source: 's1', text }], asked).map(({ quote }) => quote);
}

describe('quotes by rules', () => {
  test('take a row of a table whole', () => {
    const table = '| GET | /api/workflows | List workflow runs (filter: `?status=`). All of them. |\n';
    expect(quotesOf(table)).toEqual(['GET | /api/workflows | List workflow runs (filter: `?status=`). All of them.']);
  });

  test('leave out what only introduces something', () => {
    const text = '**Create the workflow run table:**\n\nA workflow run has a status and a name.\n';
    expect(quotesOf(text)).toEqual(['A workflow run has a status and a name.']);
  });
});

describe('follow-ups by rules', () => {
  function tasksOf(...texts: readonly string[]) {
    return findFollowUps(
      texts.map((text, index) => ({ key: `c${index + 1}`, text, evidence: ['e1'] })),
      'en',
    );
  }

  test('are no rows of tables', () => {
    expect(tasksOf('POST | /api/workflows | Create new run (status: queued)')).toEqual([]);
  });

  test('say why: what is open is one thing, what is to be done another', () => {
    expect(tasksOf('The runner is not yet tested end-to-end', 'Track usage to stay within budget')).toMatchObject([
      { why: 'The sources say that this is open.' },
      { title: 'Track usage to stay within budget', why: 'The sources name it as something to do.' },
    ]);
  });
});
