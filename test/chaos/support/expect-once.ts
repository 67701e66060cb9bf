import { expect } from 'vitest';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import type { RunDetail } from '../../../src/contract/views.ts';

/** Ended well: steps and events numbered without gaps, every operation of its proposals applied. */
export async function expectOnce(api: StewardApi, run: RunDetail): Promise<void> {
  expect([run.type, run.status, run.error]).toEqual([run.type, 'completed', null]);
  expect(run.steps.map((step) => step.number)).toEqual(run.steps.map((_step, index) => index + 1));
  expect(run.steps.filter((step) => step.status === 'running' || step.status === 'pending')).toEqual([]);
  const events = await api.listEvents({ runId: run.id, limit: 1_000 });
  expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
  expect(events.filter((event) => event.type === 'run.finished')).toHaveLength(1);
  for (const { id } of run.proposals) {
    const { operations } = await api.getProposal({ proposalId: id });
    // Runs side by side may have changed what an operation was about: then it failed and says so, but none is lost.
    const lost = operations.filter(({ status }) => status !== 'applied' && status !== 'failed');
    expect([run.type, lost.map(({ kind, status, title }) => [kind, status, title])]).toEqual([run.type, []]);
  }
}
