import { anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { input, options, phases, result } from './contract.ts';
import { onboardingDraft } from './draft.ts';
import { match } from './match.ts';
import { readProfile } from './prompts/profile.ts';
import { readWork } from './prompts/work.ts';

export const onboardingAnalysis: WorkflowContract = {
  name: 'onboarding_analysis',
  version: 1,
  title: 'Get to know you',
  description:
    'Learns from what you say about yourself: your profile, working hours and time zone, projects with first tasks, and what stands out. You accept each of them.',
  phases,
  input,
  options,
  result,
  examples: [
    { userPrompt: 'I am a nurse in Lyon. I want to finish my thesis by June, but I get distracted by email.' },
  ],
  calls: { profile: anyCall(readProfile), work: anyCall(readWork) },
  computations: { match: anyComputation(match) },
  drafts: { onboarding: anyDraft(onboardingDraft) },
  nameRun: () => 'Get to know you',
};
