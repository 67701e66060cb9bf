import { startOwnTemporal } from '../../support/own-temporal.ts';
import { startRun, until, untilEnded } from '../../support/runs.ts';
import { startProbeSteward } from '../../support/probe/probe-steward.ts';
import type { TestSteward, TestStewardOptions } from '../../support/steward.ts';
import { longLoopPaths } from './agent-paths.ts';
import { keepHistory } from './histories.ts';
import { follow } from './path.ts';
import type { Path } from './path.ts';
import { pathsByType } from './paths-by-type.ts';
import { expiringPaths, planningPaths } from './paths.ts';

// USD per million tokens: dear enough for the tight budgets of the paths.
const price = { input: 1, output: 2 };
// A planning run has some 110 events: with this it continues as new twice.
const shortHistory = { 'limit.historyCount.suggestContinueAsNew': 45 };

type Wanted = { readonly type: string; readonly paths: Readonly<Record<string, Path>> };

async function recordAll(steward: TestSteward, { type, paths }: Wanted, only: readonly string[]): Promise<void> {
  for (const [path, drive] of Object.entries(paths)) {
    if (only.length > 0 && !only.includes(path) && !only.includes(`${type}/${path}`)) continue;
    await keepHistory(steward.client, { workflowId: await follow(steward, drive), type, path });
  }
}

/** An undo is a workflow of its own, named after the proposal. */
async function recordUndo(steward: TestSteward): Promise<void> {
  const runId = await startRun(steward, { options: { autoExecute: true } });
  const { proposals } = await untilEnded(steward, runId);
  for (const { id } of proposals) {
    await steward.api.undoProposal({ proposalId: id });
    await keepHistory(steward.client, { workflowId: `undo-${id}`, type: 'undo_proposal', path: 'undone' });
  }
}

/** A schedule: changed, due, and removed. */
async function recordSchedule(steward: TestSteward): Promise<void> {
  const { api, client, database } = steward;
  const start = { type: 'probe', input: { script: 'calls' }, timeZone: 'Europe/Berlin' };
  const { id } = await api.createSchedule({ ...start, cron: '0 0 1 1 *' });
  await database.asService(
    async (tx) =>
      await tx
        .updateTable('run_schedules')
        .set({ next_at: new Date(Date.now() + 1_500) })
        .where('id', '=', id)
        .execute(),
  );
  await api.changeSchedule({ id, changes: { name: 'Often' } });
  const runId = await until('its run is there', async () => (await api.getSchedule({ id })).lastRunId);
  await untilEnded(steward, runId);
  await api.deleteSchedule({ id });
  const workflowId = `steward-schedule-${id}`;
  await client.workflow.getHandle(workflowId).result();
  await keepHistory(client, { workflowId, type: 'run_schedule', path: 'due-and-removed' });
}

async function on(options: TestStewardOptions, work: (steward: TestSteward) => Promise<void>): Promise<void> {
  const steward = await startProbeSteward(options);
  try {
    await work(steward);
  } finally {
    await steward.stop();
  }
}

/** Records the named paths (`cancelled`, or `project_planning/cancelled`), or all. A recording is only ever added, never made anew to hide that replay broke. */
async function main(only: readonly string[]): Promise<void> {
  const temporal = await startOwnTemporal({});
  try {
    const { address: temporalAddress } = temporal;
    await on({ temporalAddress, price, attemptBaseMs: 1_000 }, async (steward) => {
      for (const [type, paths] of Object.entries(pathsByType)) await recordAll(steward, { type, paths }, only);
      if (only.length === 0 || only.includes('undone')) await recordUndo(steward);
      if (only.length === 0 || only.includes('due-and-removed')) await recordSchedule(steward);
    });
    const timing = { timeoutMs: 2_000, remindAfterMs: 500 };
    await on({ temporalAddress, timing }, async (steward) => {
      await recordAll(steward, { type: 'project_planning', paths: expiringPaths }, only);
    });
  } finally {
    await temporal.stop();
  }
  const short = await startOwnTemporal(shortHistory);
  try {
    await on({ temporalAddress: short.address }, async (steward) => {
      const paths = {
        'continued-as-new': planningPaths['rejection-and-revision'] ?? (async () => await Promise.resolve('')),
      };
      await recordAll(steward, { type: 'project_planning', paths }, only);
      await recordAll(steward, { type: 'agent', paths: longLoopPaths }, only);
    });
  } finally {
    await short.stop();
  }
}

await main(process.argv.slice(2));
process.exit(0);
