import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import { input, options, phases, result } from './contract.ts';
import { dumpDraft } from './draft/draft.ts';
import { gist } from './gist.ts';
import { merge } from './merge/computation.ts';
import { takeContext } from './prompts/context.ts';
import { prepare } from './prompts/prepare.ts';
import { takeTasks } from './prompts/tasks.ts';
import { split } from './split.ts';

export const brainDump: WorkflowContract = {
  name: 'brain_dump',
  version: 1,
  title: 'Sort out a brain dump',
  description:
    'Takes projects, tasks, notes and context out of unsorted thoughts, holds them against what exists, and applies what is sure or what you accept.',
  phases,
  input,
  options,
  result,
  examples: [
    {
      userPrompt:
        "ok so I need to call the dentist before Friday, don't forget the invoice for Acme, and what if we offered the workshop online?",
    },
  ],
  calls: { prepare: anyCall(prepare), context: anyCall(takeContext), tasks: anyCall(takeTasks) },
  computations: { split: anyComputation(split), gist: anyComputation(gist), merge: anyComputation(merge) },
  drafts: { dump: anyDraft(dumpDraft) },
  stream: {
    path: '/api/brain-dump/process',
    summary: 'Sort out a brain dump and watch it being done',
    textField: 'userPrompt',
    progress: [
      { phase: 'prepare', name: 'analysis', percent: 25 },
      { phase: 'extract', name: 'extraction', percent: 50 },
      { phase: 'merge', name: 'validation', percent: 75 },
    ],
  },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Sort out a brain dump'),
};
