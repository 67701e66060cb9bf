import { describe, expect, test } from 'vitest';
import { nothingGathered } from '../../../activities/support/facts/gatherers.ts';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ProposalDraft } from '../../../src/contract/proposal.ts';
import { findingsDraft } from '../../../workflows/research/draft.ts';
import { scopeOf } from '../../../workflows/research/scope.ts';
import type { Verified } from '../../../workflows/research/outputs.ts';

function factsOf(more: Partial<FactSheet>): FactSheet {
  return {
    ...nothingGathered,
    runId: 'run',
    now: '2026-03-02T09:00:00.000Z',
    timeZone: 'Europe/Berlin',
    input: { userPrompt: 'What about the deposit?' },
    options: {},
    found: [],
    answers: [],
    addedContext: [],
    rejections: [],
    outputs: {},
    applied: null,
    proposalNotes: [],
    ...more,
  };
}

function followUp(title: string): Verified['followUps'][number] {
  return { title, why: 'It is open.', claims: ['c1'], priority: 'medium', durationMinutes: 30 };
}

async function draftOf(followUps: Verified['followUps']): Promise<ProposalDraft> {
  const claim = { key: 'c1', text: 'It is three rents.', evidence: ['e1'], question: 'q1', doubts: [] };
  const verify = {
    question: 'What about the deposit?',
    claims: [claim],
    unsupported: [],
    contradictions: [],
    gaps: ['When is it paid back?'],
    followUps,
    summary: 'Three rents.',
    highlights: [],
    report: '',
    note: '',
  };
  const counts = { given: 0, exact: 0, near: 0, merged: 0, unverified: 0 };
  const ledger = { evidence: [], dropped: [], counts, sources: 0 };
  const setting = { timeZone: 'Europe/Berlin', workingHours: null, idScope: 'run/step' };
  return await withDraftTools(
    setting,
    () => Promise.resolve([]),
    (tools) => findingsDraft.draft(factsOf({ outputs: { verify, ledger } }), {}, tools),
  );
}

describe('the proposal of a research', () => {
  test('has a task once, however often a model thought of it', async () => {
    const { operations } = await draftOf(['Ask the landlord', '2. ask the  LANDLORD!', 'Write a letter'].map(followUp));
    expect(operations.map(({ title }) => title)).toEqual([
      expect.stringContaining('Keep the report'),
      'Add task "Ask the landlord"',
      'Add task "Write a letter"',
    ]);
  });

  test('counts in words that a person would use', async () => {
    const { summary, operations } = await draftOf([]);
    expect(summary).toBe('1 claim with evidence, 0 contradictions, 1 gap. 1 new note.');
    expect(operations[0]?.reason).toBe('1 claim, each with its quotes.');
  });
});

describe('what may be read', () => {
  const projectId = crypto.randomUUID();

  test('is not more because the project was deleted meanwhile', () => {
    const facts = factsOf({ input: { projectId }, options: { onlyProject: true }, project: null });
    expect(scopeOf(facts).projectId).toBe(projectId);
  });

  test('is everything where no project is named', () => {
    expect(scopeOf(factsOf({ options: { onlyProject: true } })).projectId).toBeNull();
  });
});
