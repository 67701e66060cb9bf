import { describe, expect, test } from 'vitest';
import { namingThePrompt, readInput } from '../../../src/cli/commands/runs/start-input.ts';
import { invalidInput, StewardError } from '../../../src/contract/errors.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';

describe('the input of a start', () => {
  test('takes the words behind the type as the prompt, quoted or not', async () => {
    expect(await readInput({ words: ['Plan', 'my', 'move'] })).toEqual({ userPrompt: 'Plan my move' });
    expect(await readInput({ words: ['Plan my move'], input: '{"context":"a cat"}' })).toEqual({
      context: 'a cat',
      userPrompt: 'Plan my move',
    });
    expect(await readInput({ words: [] })).toEqual({});
  });

  test.each([
    ['--prompt', { prompt: 'Stay' }],
    ['--prompt-file', { promptFile: 'plan.md' }],
  ])('refuses words beside %s by its name, instead of choosing one', async (flag, given) => {
    const refusal: unknown = await readInput({ words: ['Move'], ...given }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String(refusal)).toContain(`${flag}: "Move"`);
  });
});

describe('a start that is refused', () => {
  test('says how the command line takes the prompt, and nothing of it where another field is wrong', async () => {
    const refusalOf = async (path: string): Promise<string> => {
      const problems = [{ path, message: 'say what you want' }];
      const act = async (): Promise<never> => await Promise.reject(invalidInput(problems));
      const error: unknown = await namingThePrompt(act).catch((thrown: unknown) => thrown);
      return error instanceof StewardError ? error.message : '';
    };
    expect(await refusalOf('input.userPrompt')).toContain(
      'say what you want (on the command line: "…" behind the type',
    );
    expect(await refusalOf('input.userPrompt')).toContain('--prompt,');
    expect(await refusalOf('input.date')).toBe('input.date: say what you want');
  });
});
