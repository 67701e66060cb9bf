import { anyAgent, anyCall, anyComputation, anyDraft } from '../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../src/schemas/workflow-contract.ts';
import { firstLine } from '../shared/first-line.ts';
import { find } from './computations/find.ts';
import { evidenceLedger } from './computations/ledger.ts';
import { verifyClaims } from './computations/verify.ts';
import { input, options, phases, result } from './contract.ts';
import { findingsDraft } from './draft.ts';
import { extract } from './prompts/extract.ts';
import { gather } from './prompts/gather.ts';
import { planQuestions } from './prompts/plan.ts';
import { synthesize } from './prompts/synthesize.ts';

export const research: WorkflowContract = {
  name: 'research',
  version: 1,
  title: 'Research a question',
  description:
    'Answers a question from your notes, tasks, projects, brain dumps, files and MCP servers: every claim with quotes that were checked against their sources. Ends in a report and follow-up tasks.',
  phases,
  input,
  options,
  result,
  examples: [
    { userPrompt: 'What does our lease say about the deposit and the notice period, and what is still open?' },
  ],
  calls: { plan: anyCall(planQuestions), extract: anyCall(extract), synthesize: anyCall(synthesize) },
  computations: {
    find: anyComputation(find),
    ledger: anyComputation(evidenceLedger),
    verify: anyComputation(verifyClaims),
  },
  agents: { gather: anyAgent(gather) },
  drafts: { findings: anyDraft(findingsDraft) },
  nameRun: ({ userPrompt }) => (typeof userPrompt === 'string' ? firstLine(userPrompt) : 'Research a question'),
};
