import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { Evidence, Ledger } from '../../workflows/research/outputs.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const lease = `# Lease

The deposit is three months' rent and is due before the keys are handed over.
The notice period is three months to the end of a month.

It is still unclear who pays for the repair of the boiler.
`;
const letter = 'Talked to the landlord: the deposit is two months of rent and is due before the keys are handed over.';

/** Notes of one project of its own: what other tests left is not about it. */
async function leaseProject(): Promise<{ readonly projectId: string; readonly noteId: string }> {
  const project = await steward.api.createRecord({ kind: 'projects', values: { name: 'Flat' } });
  const values = { title: 'Lease', content: lease, project_id: project.id };
  const note = await steward.api.createRecord({ kind: 'notes', values });
  const second = { title: 'Phone call', content: letter, project_id: project.id };
  await steward.api.createRecord({ kind: 'notes', values: second });
  return { projectId: project.id, noteId: note.id };
}

const question = 'What does the lease say about the deposit and the notice period, and what is still unclear?';

async function startResearch(input: JsonObject, options: JsonObject = {}): Promise<string> {
  return await startRun(steward, { type: 'research', input, options: { onlyProject: true, ...options } });
}

async function outputOf(runId: string, name: string): Promise<Json> {
  const row = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflow_steps')
        .select('output')
        .where('workflow_id', '=', runId)
        .where('name', '=', name)
        .orderBy('step_number', 'desc')
        .executeTakeFirstOrThrow(),
  );
  return row.output;
}

async function ledgerOf(runId: string): Promise<Ledger> {
  return (await outputOf(runId, 'ledger')) as unknown as Ledger;
}

async function reportOf(runId: string): Promise<string> {
  const artifacts = await steward.api.listArtifacts({ runId });
  const { report } = (await outputOf(runId, 'verify')) as { readonly report: string };
  expect(artifacts.map(({ name }) => name)).toContain('report.md');
  return report;
}

async function textOf(evidence: Evidence): Promise<string> {
  const { content, title } = await steward.api.getRecord({ kind: 'notes', id: evidence.sourceId });
  return [title, content].filter((text) => typeof text === 'string').join('\n\n');
}

describe('a research run', () => {
  test('goes from a question to a report whose quotes stand in their sources, and to follow-up tasks', async () => {
    const { projectId, noteId } = await leaseProject();
    const runId = await startResearch({ userPrompt: question, projectId });
    const request = await untilAsked(steward, runId, 'approval');
    const proposal = await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
    expect(proposal.operations.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['create_note', 'create_task']));
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', unverified: 0, unsupported: 0 } });
    const { evidence } = await ledgerOf(runId);
    expect(evidence.some(({ sourceId }) => sourceId === noteId)).toBe(true);
    for (const each of evidence) {
      const text = await textOf(each);
      expect(text.slice(each.start, each.end)).toBe(each.quote);
    }
    const report = await reportOf(runId);
    expect(report).toContain("The deposit is three months' rent");
    expect(report).toMatch(/## Contradictions\n\n- .*three months.*two months.* \[\d+\]\[\d+\]/);
    const { items: notes } = await steward.api.listRecords({ kind: 'notes', projectId });
    expect(notes.filter((note) => note['category'] === 'research')).toHaveLength(1);
    const { items: tasks } = await steward.api.listRecords({ kind: 'tasks', projectId });
    expect(JSON.stringify(tasks.map((task) => task['title']))).toContain('boiler');
    await expectSound(steward, runId);
  });

  test('applies what is accepted and no more, and takes it back', async () => {
    const { projectId } = await leaseProject();
    const runId = await startResearch({ userPrompt: question, projectId });
    const { id: requestId } = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId, decision: 'approve', operations: ['note'] });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'partly_approved', applied: 1 } });
    expect((await steward.api.listRecords({ kind: 'tasks', projectId })).items).toEqual([]);
    const proposalId = (run.result as { readonly proposalId: string }).proposalId;
    const again = await startResearch({ userPrompt: question, projectId });
    await approve(steward, again);
    await untilEnded(steward, again);
    expect((await ledgerOf(again)).evidence.filter(({ title }) => title.startsWith('Research'))).toEqual([]);
    await steward.api.undoProposal({ proposalId });
    expect((await steward.api.listRecords({ kind: 'notes', projectId })).items).toHaveLength(3);
  });

  test('makes another proposal after a rejection', async () => {
    const { projectId } = await leaseProject();
    const runId = await startResearch({ userPrompt: question, projectId });
    const { id: requestId } = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId, decision: 'reject', comment: 'No tasks, please.' });
    const again = await untilAsked(steward, runId, 'approval');
    const proposal = await steward.api.getProposal({ proposalId: again.proposalId ?? '' });
    expect(proposal.operations.map(({ kind }) => kind)).toEqual(['create_note']);
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ result: { decision: 'approved', revisions: 2 } });
    const names = (await steward.api.listArtifacts({ runId })).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['report-2.md', 'report.md']);
    await expectSound(steward, runId);
  });

  test('says honestly that it found nothing, and asks nobody', async () => {
    const project = await steward.api.createRecord({ kind: 'projects', values: { name: 'Empty' } });
    const runId = await startResearch({
      userPrompt: 'Which mushrooms grow below the birches?',
      projectId: project.id,
    });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      requests: [],
      result: { decision: 'nothing_found', evidence: 0 },
    });
    const report = await reportOf(runId);
    expect(report).toContain('Nothing was found');
    expect(report).toContain('mushrooms');
    await expectSound(steward, runId);
  });

  test('is refused without a question, and says what to give', async () => {
    await expect(startResearch({ context: 'nothing else' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('ask your question in userPrompt'),
    });
  });

  test('takes a task as its question, and reads attached files', async () => {
    const task = await steward.api.createRecord({
      kind: 'tasks',
      values: { title: 'Which endpoints list recipes, and where do the recipes live today?' },
    });
    const path = fileURLToPath(new URL('../fixtures/texts/roadmap-with-pull-requests.md', import.meta.url));
    const bytes = new Uint8Array(await readFile(path));
    const file = await steward.api.addFile({ name: 'roadmap.md', mimeType: 'text/markdown', bytes });
    const runId = await startResearch({ taskId: task.id }, { kinds: ['file'], followUps: false });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    const { evidence } = await ledgerOf(runId);
    expect(new Set(evidence.map(({ sourceId }) => sourceId))).toEqual(new Set([file.id]));
  });
});
