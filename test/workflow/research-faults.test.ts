import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import { openServers } from '../../src/tools/mcp/open-servers.ts';
import type { McpTools } from '../../src/tools/mcp/open-servers.ts';
import type { Ledger } from '../../workflows/research/outputs.ts';
import type { Fault, ScriptedCall, SeenCall } from '../support/model-proxy.ts';
import { approve, startRun, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

const program = fileURLToPath(new URL('../support/mcp-server/stdio.ts', import.meta.url));

let steward: TestSteward;
let tools: McpTools;
beforeAll(async () => {
  const transport = { kind: 'stdio', command: process.execPath, args: [program], env: {}, cwd: null } as const;
  const settings = { echo: { policy: 'auto', access: 'read' } } as const;
  const here = { name: 'here', transport, timeoutMs: 10_000, defaults: {}, tools: settings };
  tools = openServers([here], { log: { info: () => undefined, warn: () => undefined }, listMs: 20_000 });
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), outsideTools: tools });
});
afterAll(async () => {
  await steward.stop();
  await tools.close();
});
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const truth = 'The deposit is three months of rent, says the lease.';
const invented = 'The landlord promised to forgive the deposit altogether.';
const inventedId = '01a21523-23eb-74cf-9168-9210a1762864';
const inventedHash = 'deadbeef'.repeat(8);

async function flat(): Promise<{ readonly projectId: string; readonly noteId: string }> {
  const { id: projectId } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Flat' } });
  const values = { title: `Lease ${Date.now()}`, content: truth, project_id: projectId };
  const { id: noteId } = await steward.api.createRecord({ kind: 'notes', values });
  return { projectId, noteId };
}

function content(value: Json): Fault {
  return { kind: 'content', content: JSON.stringify(value) };
}

/** A model that answers some operations by script; all else is the offline model's. Agents take the calls turn by turn. */
function answering(
  answers: Readonly<Record<string, Json>>,
  turns: readonly (readonly ScriptedCall[])[] = [],
): SeenCall[] {
  const seen: SeenCall[] = [];
  let turn = 0;
  steward.proxy.setFaults((call) => {
    seen.push(call);
    if (call.operation === 'tools' && turns.length > 0) {
      turn += 1;
      return { kind: 'calls', text: 'On it.', calls: turns[turn - 1] ?? turns.at(-1) ?? [] };
    }
    const answer = Object.entries(answers).find(([name]) => call.operation.includes(name))?.[1];
    return answer === undefined ? { kind: 'pass' } : content(answer);
  });
  return seen;
}

const onePlan = {
  subQuestions: [{ key: 'q1', question: 'What about the deposit?', words: ['deposit', 'lease'], why: 'It is asked.' }],
  reasoning: 'One part.',
};
const finishEmpty: ScriptedCall = { name: 'finish', arguments: { evidence: [], missing: '' } };

async function research(projectId: string, options: Record<string, Json> = {}): Promise<string> {
  const input = { userPrompt: `What about the deposit? ${Date.now()}`, projectId };
  return await startRun(steward, { type: 'research', input, options: { onlyProject: true, ...options } });
}

async function outputOf(runId: string, name: string): Promise<Json> {
  const rows = await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflow_steps')
        .select('output')
        .where('workflow_id', '=', runId)
        .where('name', '=', name)
        .where('status', '=', 'completed')
        .orderBy('step_number', 'desc')
        .execute(),
  );
  return rows[0]?.output ?? null;
}

async function ledgerOf(runId: string): Promise<Ledger> {
  return (await outputOf(runId, 'ledger')) as unknown as Ledger;
}

/** All that a person sees of the run: its reports, and the records it made. */
async function leftBehind(runId: string): Promise<string> {
  const rows = await steward.database.asService(async (tx) => ({
    proposals: await tx.selectFrom('proposals').selectAll().where('run_id', '=', runId).execute(),
    notes: await tx.selectFrom('notes').selectAll().execute(),
    tasks: await tx.selectFrom('tasks').selectAll().execute(),
  }));
  return JSON.stringify([rows, await outputOf(runId, 'verify')]);
}

describe('research with a model that invents', () => {
  test('lets no invented quote, id or hash into the report or the records', async () => {
    const { projectId, noteId } = await flat();
    const seen = answering(
      {
        plan: onePlan,
        extract: {
          quotes: [
            { source: 's1', quote: invented },
            { source: 's1', quote: `${truth.slice(0, -1)}, sha256 ${inventedHash}` },
            { source: 's1', quote: truth.toUpperCase() },
          ],
          missing: '',
        },
      },
      [
        [
          {
            name: 'finish',
            arguments: {
              evidence: [
                { kind: 'note', source: inventedId, quote: invented, sha256: inventedHash },
                { kind: 'tool', source: 'here__echo', quote: invented },
              ],
              missing: '',
            },
          },
        ],
      ],
    );
    const runId = await research(projectId);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { evidence: 1, unverified: 4 } });
    const ledger = await ledgerOf(runId);
    expect(ledger.counts).toMatchObject({ given: 5, exact: 0, near: 1, unverified: 4 });
    expect(ledger.evidence).toMatchObject([{ sourceId: noteId, quote: truth.slice(0, -1), match: 'near' }]);
    expect(ledger.dropped.every(({ status }) => status === 'unverified')).toBe(true);
    const left = await leftBehind(runId);
    for (const lie of [invented, inventedId, inventedHash]) expect(left).not.toContain(lie);
    const synthesis = seen.find((call) => call.operation.includes('synthesize'));
    expect(synthesis?.body).toContain(truth.slice(0, -1));
    expect(synthesis?.body).not.toContain(invented);
    await expectSound(steward, runId);
  });

  test('whose claims rest on nothing reports the quotes as they are, with a step that says why', async () => {
    const { projectId } = await flat();
    answering(
      {
        plan: onePlan,
        synthesize: {
          summary: invented,
          findings: [{ question: 'q1', claims: [{ key: 'c1', text: invented, evidence: ['e99'] }] }],
          contradictions: [],
          gaps: [],
          followUps: [],
        },
      },
      [[finishEmpty]],
    );
    const runId = await research(projectId);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', claims: 1, unsupported: 0 } });
    const failed = run.steps.filter((step) => step.status === 'failed');
    expect(failed.map((step) => step.name)).toEqual(['synthesize']);
    expect(await leftBehind(runId)).not.toContain(invented);
    await expectSound(steward, runId);
  });

  test('that says nothing sensible of the sources ends with nothing found', async () => {
    const { projectId } = await flat();
    steward.proxy.setFaults((call) => {
      if (call.operation.includes('plan')) return content(onePlan);
      return call.operation === 'tools'
        ? { kind: 'calls', text: '?', calls: [{ name: 'search_records', arguments: { query: 'deposit' } }] }
        : { kind: 'content', content: 'Bananas.' };
    });
    const run = await untilEnded(steward, await research(projectId));
    expect(run).toMatchObject({ status: 'completed', requests: [], result: { decision: 'nothing_found' } });
    expect(run.steps.some((step) => step.title.includes('repeated_calls'))).toBe(true);
    await expectSound(steward, run.id);
  });
});

describe('research within a project', () => {
  test('reads nothing outside of it, whatever the agent asks for', async () => {
    const secret = 'The deposit of the other flat is seven rents, and nobody may know.';
    const { id: elsewhere } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Elsewhere' } });
    const values = { title: 'Other lease', content: secret, project_id: elsewhere };
    const { id: outside } = await steward.api.createRecord({ kind: 'notes', values });
    await steward.api.createRecord({ kind: 'tasks', values: { title: secret, project_id: elsewhere } });
    const { projectId } = await flat();
    const seen = answering({ plan: onePlan }, [
      [
        { name: 'search_records', arguments: { query: 'deposit' } },
        { name: 'search_records', arguments: { query: 'deposit', projectId: elsewhere } },
        { name: 'read_source', arguments: { kind: 'note', id: outside } },
        { name: 'list_tasks', arguments: {} },
        { name: 'get_project', arguments: { projectId: elsewhere } },
      ],
      [finishEmpty],
    ]);
    const runId = await research(projectId, { tools: ['read:own'] });
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    const calls = run.steps.filter(({ type }) => type === 'tool');
    expect(calls.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual([
      'get_project failed',
      'list_tasks completed',
      'read_source failed',
      'search_records completed',
      'search_records failed',
    ]);
    for (const { body } of seen) expect(body).not.toContain('seven rents');
    const transcripts = await steward.database.asService(
      async (tx) => await tx.selectFrom('transcripts').select('message').where('run_id', '=', runId).execute(),
    );
    expect(JSON.stringify(transcripts)).toContain(truth);
    expect(JSON.stringify(transcripts)).not.toContain('seven rents');
  });
});

describe('research with tools of MCP servers', () => {
  test('quotes what a tool answered, as it stands in the transcript', async () => {
    const { projectId } = await flat();
    const answer = 'The caretaker says that the deposit lies in an account of its own.';
    answering({ plan: onePlan }, [
      [{ name: 'here__echo', arguments: { text: answer } }],
      [
        {
          name: 'finish',
          arguments: {
            evidence: [
              { kind: 'tool', source: 'here__echo', quote: 'the deposit lies in an account of its own' },
              { kind: 'tool', source: 'here__echo', quote: invented },
            ],
            missing: '',
          },
        },
      ],
    ]);
    const runId = await research(projectId, { tools: ['here__echo'] });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { unverified: 1 } });
    const { evidence } = await ledgerOf(runId);
    const [quoted] = evidence.filter(({ kind }) => kind === 'tool');
    expect(quoted).toMatchObject({ title: 'here__echo', quote: 'the deposit lies in an account of its own' });
    expect(quoted?.sourceId).toMatch(/^gather\/q1-1\./);
    await expectSound(steward, runId);
  });

  test('fails clearly for a tool that does not exist, before anything of it is paid', async () => {
    const { projectId } = await flat();
    answering({ plan: onePlan });
    const run = await untilEnded(steward, await research(projectId, { tools: ['no_such_tool'] }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
    expect(run.error?.message).toContain('there is no tool "no_such_tool"');
  });
});
