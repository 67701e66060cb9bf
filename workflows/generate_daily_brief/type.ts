import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { collect } from './collect/collect.ts';
import { input, options, phases, result } from './contract.ts';
import { briefDraft } from './draft.ts';
import { analyze } from './prompts/analyze.ts';
import { briefProjects } from './prompts/project-briefs.ts';
import { brief } from './text/brief.ts';
import { consolidate } from './text/consolidate.ts';

export const generateDailyBrief: WorkflowContract = {
  name: 'generate_daily_brief',
  version: 1,
  title: 'Write a daily brief',
  description:
    'Tells you what a day holds, in your time zone: what is overdue, due and planned in each project, events, free time, and what comes first. Saved once a day; the same day again replaces it.',
  phases,
  input,
  options,
  result,
  examples: [{}, { date: '2026-11-30', userPrompt: 'Above all the makerspace.' }],
  calls: { projectBriefs: anyCall(briefProjects), analyze: anyCall(analyze) },
  computations: {
    collect: anyComputation(collect),
    consolidate: anyComputation(consolidate),
    brief: anyComputation(brief),
  },
  drafts: { brief: anyDraft(briefDraft) },
  nameRun: ({ date }) => (typeof date === 'string' ? `Brief of ${date}` : 'Daily brief'),
};
