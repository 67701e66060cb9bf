import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkStart } from '../../../activities/records/admit/check-start.ts';
import { excerptOf } from '../../../activities/support/excerpt.ts';
import { commonOptions, planningInput } from '../../../src/schemas/common-input.ts';
import type { WorkflowContract } from '../../../src/schemas/workflow-contract.ts';

const contract: WorkflowContract = {
  name: 'sample',
  version: 1,
  title: 'Sample',
  description: '',
  phases: [],
  input: planningInput,
  options: commonOptions,
  result: z.json(),
  examples: [],
  calls: {},
  drafts: {},
  nameRun: () => 'Sample',
};

describe('the check of a start', () => {
  it('names every wrong field of input, options and budget at once', () => {
    const checked = checkStart(contract, {
      input: { userPrompt: 5, projectId: 'nope', extra: true },
      options: { maxSteps: 0 },
      budget: { onExhausted: 'shrug' },
    });
    expect(checked.ok ? [] : checked.problems.map((problem) => problem.path).sort()).toEqual([
      'budget.onExhausted',
      'input.extra',
      'input.projectId',
      'input.userPrompt',
      'options.maxSteps',
    ]);
  });

  it('lets the budget win over the options, and those over the defaults', () => {
    const checked = checkStart(contract, {
      input: { userPrompt: 'x' },
      options: { maxCost: 3, maxSteps: 9 },
      budget: { maxCostUsd: null },
    });
    expect(checked.ok && checked.value.limits).toEqual({
      maxCostUsd: null,
      maxTokens: null,
      maxSteps: 9,
      onExhausted: 'ask',
      softRatio: 0.8,
    });
  });

  it('cuts long texts wherever they are and leaves the rest', () => {
    const cut = excerptOf(
      { userPrompt: 'x'.repeat(5_000), context: { notes: ['y'.repeat(1_001), 'short', 3] } },
      { chars: 1_000, items: 200 },
    );
    expect(cut).toEqual({
      userPrompt: `${'x'.repeat(1_000)}…`,
      context: { notes: [`${'y'.repeat(1_000)}…`, 'short', 3] },
    });
  });
});
