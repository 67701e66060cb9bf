import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { ProposalView } from '../../src/contract/views.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

const monday = readFileSync(new URL('../fixtures/brain-dumps/en-monday.txt', import.meta.url), 'utf8');
let dumps = 0;

/** A dump that was never read before: equal prompts are answered from the cache. */
function fresh(text: string = monday): string {
  dumps += 1;
  return `${text}\nthe code of the locker is ${String(Date.now())}${String(dumps)}.`;
}

async function start(input: JsonObject, options: JsonObject = { requireConfirmation: true }): Promise<string> {
  return await startRun(steward, { type: 'brain_dump', input, options });
}

async function proposed(runId: string): Promise<ProposalView> {
  const request = await untilAsked(steward, runId, 'approval');
  return await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
}

function idIn(payload: Json | undefined, key: string): string {
  const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : undefined;
  return typeof value === 'string' ? value : '';
}

async function storedDump(content: string): Promise<string> {
  const record = await steward.api.createRecord({ kind: 'brain-dumps', values: { content } });
  return record.id;
}

async function statusOf(id: string): Promise<unknown> {
  return (await steward.api.getRecord({ kind: 'brain-dumps', id }))['status'];
}

describe('a dump', () => {
  test('becomes tasks, notes and a kept text with links to all of them, and is undone', async () => {
    const runId = await start({ userPrompt: fresh() });
    const proposal = await proposed(runId);
    const titles = proposal.operations.map((operation) => operation.title);
    expect(titles).toContain('Add task "Call the dentist"');
    expect(titles).toContain('Add task "Send the invoice for Acme"');
    expect(titles).toContain('Keep note "What if we offered the workshop online as well?"');
    expect(titles.filter((title) => title.includes('electricity'))).toEqual([]);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', failed: 0, refused: 0 } });
    const made = proposal.operations.find(({ kind }) => kind === 'create_brain_dump');
    const dumpId = idIn(made?.payload, 'brainDumpId');
    expect(await steward.api.getRecord({ kind: 'brain-dumps', id: dumpId })).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
    expect(await steward.api.undoProposal({ proposalId: proposal.id })).toMatchObject({ kept: [] });
    await expect(steward.api.getRecord({ kind: 'brain-dumps', id: dumpId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('that is stored goes from pending to completed, or back to pending when it is turned down', async () => {
    const id = await storedDump(fresh());
    const runId = await start({ brainDumpId: id });
    await untilAsked(steward, runId, 'approval');
    expect(await statusOf(id)).toBe('processing');
    await steward.api.cancelRun({ runId });
    await untilEnded(steward, runId);
    expect(await statusOf(id)).toBe('pending');
    const again = await start({ brainDumpId: id });
    await approve(steward, again);
    expect(await untilEnded(steward, again)).toMatchObject({ status: 'completed' });
    expect(await statusOf(id)).toBe('completed');
    const [proposal] = (await steward.api.getRun({ runId: again })).proposals;
    await steward.api.undoProposal({ proposalId: proposal?.id ?? '' });
    expect(await statusOf(id)).toBe('pending');
  });
});
