import { describe, expect, it } from 'vitest';
import { openToolbox } from '../../../activities/tools/toolbox.ts';
import { noOutsideTools } from '../../../src/tools/tool-source.ts';

function note(content: string): { readonly name: string; readonly arguments: string } {
  return { name: 'create_note', arguments: JSON.stringify({ title: 'Note', content }) };
}

describe('a call that a person is asked about', () => {
  it.each([
    ['all of which is seen', 'x', 7_900, 'inside'],
    ['that is too long to read', 'x', 8_100, 'refused'],
    // Each is written out as \u{200B}, eight characters of what the person reads.
    ['whose hidden characters make it too long', '\u200B', 1_100, 'refused'],
    ['whose hidden characters leave it short enough', '\u200B', 900, 'inside'],
  ])('%s', async (...[, sign, count, kind]) => {
    const toolbox = await openToolbox(noOutsideTools, { granted: ['create_note'] });
    expect(toolbox.check(note(sign.repeat(count)))).toMatchObject({ kind });
  });
});
