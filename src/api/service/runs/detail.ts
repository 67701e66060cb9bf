import type { ArtifactView, RunDetail } from '../../../contract/views.ts';
import type { PhaseCost } from '../../../contract/estimate.ts';
import { readPhaseCosts } from '../../../db/runs/past-runs.ts';
import type { CallContext } from '../context.ts';
import { notFound, requireId } from '../ids.ts';
import { requireScope } from '../scopes.ts';
import { findRun, workflowOf } from './find.ts';
import type { Tx } from './find.ts';
import { artifactView, phaseStates, requestView, runRecord, stepView } from './views.ts';
import type { RunRow } from './views.ts';

const nothingYet = { steps: 0, tokens: 0, costUsd: 0, unknownUsd: 0, seconds: 0 } as const;
// A run of thousands of steps would hang a browser: the newest ones here, the others by `listSteps`.
const shownSteps = 200;

async function readParts(tx: Tx, runId: string) {
  const steps = await tx
    .selectFrom('agentic_workflow_steps')
    .selectAll()
    .where('workflow_id', '=', runId)
    .orderBy('step_number', 'desc')
    .limit(shownSteps)
    .execute();
  const requests = await tx
    .selectFrom('run_requests')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const proposals = await tx
    .selectFrom('proposals')
    .select(['id', 'title', 'status', 'digest'])
    .where('run_id', '=', runId)
    .orderBy('created_at')
    .orderBy('revision')
    .execute();
  const artifacts = await tx
    .selectFrom('artifacts')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return { steps: steps.reverse(), requests, proposals, artifacts };
}

function costOfPhase(costs: readonly PhaseCost[], name: string): Omit<PhaseCost, 'name'> {
  const cost = costs.find((phase) => phase.name === name);
  const { steps, tokens, costUsd, unknownUsd, seconds } = cost ?? nothingYet;
  return { steps, tokens, costUsd, unknownUsd, seconds };
}

function temporalLink(context: CallContext, run: RunRow): string | null {
  const { temporalUrl } = context.ui;
  if (temporalUrl === null) return null;
  const namespace = context.temporal()?.options.namespace ?? 'default';
  return `${temporalUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowOf(run))}`;
}

/** A run with all that belongs to it. Throws `not_found`. */
export async function getRun(context: CallContext, params: { readonly runId: string }): Promise<RunDetail> {
  requireScope(context.caller, 'runs');
  const { run, parts, costs } = await context.database.asUser(context.caller.userId, async (tx) => {
    const found = await findRun(tx, params.runId);
    return { run: found, parts: await readParts(tx, found.id), costs: await readPhaseCosts(tx, [found.id]) };
  });
  const contract = context.catalog.list().find((one) => one.name === run.workflow_type);
  return {
    ...runRecord(run),
    phases: phaseStates(run, contract).map((phase) => ({ ...phase, ...costOfPhase(costs, phase.name) })),
    estimate: run.estimate,
    steps: parts.steps.map(stepView),
    requests: parts.requests.map((row) => requestView({ ...row, run_name: run.name })),
    proposals: parts.proposals,
    artifacts: parts.artifacts.map(artifactView),
    links: { temporal: temporalLink(context, run) },
  };
}

/** Files that the run has made. */
export async function listArtifacts(
  context: CallContext,
  params: { readonly runId: string },
): Promise<readonly ArtifactView[]> {
  requireScope(context.caller, 'runs');
  return await context.database.asUser(context.caller.userId, async (tx) => {
    await findRun(tx, params.runId);
    const rows = await tx
      .selectFrom('artifacts')
      .selectAll()
      .where('run_id', '=', params.runId)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(artifactView);
  });
}

/** A file's own text, checked against its hash by the store. */
export async function readArtifact(
  context: CallContext,
  params: { readonly artifactId: string },
): Promise<{ artifact: ArtifactView; text: string }> {
  requireScope(context.caller, 'runs');
  requireId('artifact', params.artifactId);
  const row = await context.database.asUser(
    context.caller.userId,
    async (tx) => await tx.selectFrom('artifacts').selectAll().where('id', '=', params.artifactId).executeTakeFirst(),
  );
  if (row === undefined) throw notFound('artifact', params.artifactId);
  const bytes = await context.files.get(row.sha256);
  return { artifact: artifactView(row), text: Buffer.from(bytes).toString('utf8') };
}
