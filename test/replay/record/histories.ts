import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const historiesDir = fileURLToPath(new URL('..', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

// Who recorded it and where is nobody's business, and no part of what a replay checks.
const identities = /\d+@[\w.-]+/g;

function scrub(text: string): string {
  return text.replaceAll(identities, 'worker@host').replaceAll(root, '');
}

/** Ids of all executions of a workflow, first to last: a run that continued as new has several. */
async function executionsOf(client: Client, workflowId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let runId = (await client.workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo?.firstRunId ?? null;
  while (runId !== null && runId !== '') {
    ids.push(runId);
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const last = history.events?.at(-1);
    runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? null;
  }
  return ids;
}

/** Writes the history of a finished workflow to `<type>/<path>.json`, one file an execution. */
export async function keepHistory(
  client: Client,
  from: { readonly workflowId: string; readonly type: string; readonly path: string },
): Promise<void> {
  const folder = join(historiesDir, from.type);
  await mkdir(folder, { recursive: true });
  const executions = await executionsOf(client, from.workflowId);
  for (const [index, runId] of executions.entries()) {
    const history = await client.workflow.getHandle(from.workflowId, runId).fetchHistory();
    const name = executions.length === 1 ? from.path : `${from.path}-${index + 1}`;
    const file = join(folder, `${name}.json`);
    await rm(file, { force: true });
    await writeFile(file, `${scrub(historyToJSON(history))}\n`);
    process.stdout.write(`${from.type}/${name}: ${history.events?.length ?? 0} events\n`);
  }
}
